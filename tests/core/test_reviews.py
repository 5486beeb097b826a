"""Reviews: read as they are kept, and none in two parts."""

from pathlib import Path

import pytest

from core.text.normalise import matching_key
from core.text.reviews import Review, load_reviews, read_reviews, split_reviews


def test_a_line_is_a_text_and_its_label(tmp_path: Path) -> None:
    path = tmp_path / "some.tsv"
    path.write_text("Good \u2028 one\t1\n나쁘다.\t0\n", encoding="utf-8")
    assert read_reviews(path) == [Review("Good one", True), Review("나쁘다.", False)]
    for line in ("no label", "two\ttabs\t1", "other label\t2"):
        path.write_text(f"fine\t1\n{line}\n", encoding="utf-8")
        with pytest.raises(ValueError, match="line 2"):
            read_reviews(path)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_no_review_stands_in_two_parts(language: str) -> None:
    reviews = [Review(f"review {i // 2}{'!' * (i % 2)}", i % 3 == 0) for i in range(4000)]
    test = [Review(f"Review {i}", True) for i in range(0, 2000, 50)]
    parts = split_reviews(reviews, test, language)
    keys = {name: [matching_key(review.text) for review in part] for name, part in parts.items()}
    everything = [key for part in keys.values() for key in part]
    assert len(everything) == len(set(everything)) == 2000
    assert 20 < len(keys["dev"]) < 200 and set(keys["test"]) >= {matching_key(r.text) for r in test}
    assert (language == "ko") == (len(parts["test"]) == len(test))
    assert parts == split_reviews(reviews, test, language)


def test_the_english_labels_stand_first(tmp_path: Path) -> None:
    folder = tmp_path / "sentiment" / "en"
    folder.mkdir(parents=True)
    lines = (f"{i % 2}\tcomment {i}\n" for i in range(300))
    (folder / "goemotions_polarity.tsv").write_text("".join(lines), encoding="utf-8")
    parts = load_reviews(tmp_path, "en")
    assert sum(map(len, parts.values())) == 300 and parts["test"]
    assert all(int(r.text.split()[1]) % 2 == r.positive for part in parts.values() for r in part)
