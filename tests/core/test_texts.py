"""Held-back documents stay out of training, line by line."""

import gzip
import random
from collections import Counter
from pathlib import Path

import pytest

from core.text.normalise import matching_key
from core.text.texts import (
    END_OF_TEXT,
    PASSAGE,
    TELLING,
    Document,
    documents_of,
    epoch_of,
    load_documents,
    read_texts,
    split_documents,
)


def test_marks_and_passages_part_documents() -> None:
    lines = ["one ", END_OF_TEXT, "", *(f"line {i}" for i in range(PASSAGE + 1)), END_OF_TEXT, END_OF_TEXT]
    found = documents_of(lines, "x")
    assert [len(document.lines) for document in found] == [1, PASSAGE, 1]
    assert found[0].text == "one"
    assert [d.text for d in documents_of(["a\tb", "c"], "x", alone=True)] == ["a b", "c"]


@pytest.fixture
def documents() -> list[Document]:
    rng = random.Random(0)

    def line() -> str:
        return "It was " + " ".join(rng.choice(["red", "green", "blue", "tall"]) for _ in range(6)) + "."

    return [Document(tuple(line() for _ in range(rng.randrange(1, 4))), "x") for _ in range(6000)]


def test_no_line_of_a_held_back_document_is_trained_on(documents: list[Document]) -> None:
    parts = split_documents(documents)
    assert parts == split_documents(documents)
    assert len(parts["dev"]) > 10 and len(parts["test"]) > len(parts["dev"])
    keys = {name: {matching_key(line) for d in part for line in d.lines} for name, part in parts.items()}
    telling = {key for key in keys["dev"] | keys["test"] if len(key.encode()) >= TELLING}
    assert telling and not telling & keys["train"]
    assert len({matching_key(d.text) for d in parts["test"]}) == len(parts["test"])


def test_a_part_that_is_named_is_kept_and_nothing_equal_to_what_is_held_back_is_trained_on() -> None:
    lines = [f"문장 {i}" for i in range(300)]
    named = [Document((line,), "pairs", ("train", "dev", "test")[i % 3]) for i, line in enumerate(lines)]
    again = [Document((line + "!",), "other", "train") for line in lines]
    parts = split_documents([*again, *named])
    for part, documents in parts.items():
        assert [d for d in documents if d.source == "pairs"] == [d for d in named if d.part == part]
    # The others differ by a mark alone, and are shorter than what tells: only as whole documents are they known.
    assert all(len(matching_key(line).encode()) < TELLING for line in lines)
    assert [d.text for d in parts["train"] if d.source == "other"] == [f"{line}!" for line in lines[::3]]


def test_a_korean_line_tells_by_its_bytes() -> None:
    short, longer = "네.", "오늘은 날씨가 좋다."  # 3 and 24 bytes of letters
    held = Document((short, longer), "book", "test")
    parts = split_documents([held, Document((short, longer, "끝"), "other", "train")])
    assert parts["train"] == [Document((short, "끝"), "other", "train")]


def test_an_epoch_holds_each_text_as_often_as_its_weight() -> None:
    names = ("tinystories_part", "childrens_classics")
    documents = [Document((f"{name} {i}",), name) for name in names for i in range(2000)]
    counts = Counter(document.source for document in epoch_of(documents, "en", random.Random(1)))
    assert counts["tinystories_part"] == 6000
    assert counts["childrens_classics"] == pytest.approx(600, rel=0.1)


def test_files_are_read_as_they_lie_and_what_is_written_reads_back(tmp_path: Path) -> None:
    folder = tmp_path / "text" / "en"
    folder.mkdir(parents=True)
    for name in ("tinystories_part", "storybooks_ccby"):
        (folder / f"{name}.txt").write_text(f"A {name} story.\nIts end.\n{END_OF_TEXT}\nAnother.\n", "utf-8")
    (folder / "childrens_classics.txt.gz").write_bytes(gzip.compress(b"An old book.\n"))
    found = load_documents(tmp_path, "en")
    assert Counter(document.source for document in found) == {
        "tinystories_part": 2,
        "storybooks_ccby": 2,
        "childrens_classics": 1,
    }
    assert read_texts(folder / "tinystories_part.txt") == ["A tinystories_part story. Its end.", "Another."]
