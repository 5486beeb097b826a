"""Beam search: one wide it is greedy, wide enough it is exact, and every sum reconciles."""

import itertools
import math

import pytest
import torch

from core.decoding.beam import Beam, beam_search, penalty
from core.decoding.greedy import greedy
from core.decoding.scoring import read_distributions, token_scores
from core.models.transformer import Transformer, TransformerConfig
from core.text.tokenizer import END, START
from core.translator import Translator, load_translator

SENTENCES = (
    """
오늘 날씨가 어때요?|나는 학교에 갑니다.|고마워.|이 책은 얼마예요?|배를 타고 섬에 갔어요.
밤하늘에 별이 많다.|어디에서 왔어요?|물 좀 주세요.|그는 천천히 걸었다.|저는 한국어를 배워요.
ㅋㅋㅋ|비가 와서 집에 있었어요.|문을 닫아 주세요.|내일 만나자!|🦖
How's the weather today?|I went to school yesterday.|Thank you.|How much is this book?|a
The train left the station on time.|Where are you from?|Please give me some water.|He walked slowly.
I am learning Korean.|It rained, so I stayed home.|Close the door, please.|See you tomorrow!
The cat sat on the mat.|What time is it?
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.fixture(scope="module")
def translator() -> Translator:
    return load_translator()


def source_of(translator: Translator, text: str) -> torch.Tensor:
    direction = "en-ko" if text.isascii() else "ko-en"
    return torch.tensor([translator.source_ids(text, direction)], device=translator.device)


def test_one_wide_it_is_greedy_whatever_the_penalty(translator: Translator) -> None:
    assert len(SENTENCES) == 30
    for number, text in enumerate(SENTENCES):
        source = source_of(translator, text)
        said = [step.token for step in greedy(translator.model, source, longest=32)]
        found = beam_search(
            translator.model, source, width=1, length_penalty=(0.0, 0.6, 2.0)[number % 3], longest=32
        )
        assert [list(one.tokens) for one in found.hypotheses] == [said], text


@pytest.mark.parametrize("text", SENTENCES[::7])
def test_totals_are_the_sums_of_their_tokens_and_what_teacher_forcing_gives(
    translator: Translator, text: str
) -> None:
    source = source_of(translator, text)
    found = beam_search(translator.model, source, width=5, longest=24)
    assert len(found.hypotheses) == 5
    scores = [one.score for one in found.hypotheses]
    assert scores == sorted(scores, reverse=True)
    assert len({one.tokens for one in found.hypotheses}) == 5
    for one in found.hypotheses:
        path = found.path(one.node)
        assert tuple(node.token for node in path) == one.tokens
        assert one.total == path[-1].total == pytest.approx(sum(n.log_probability for n in path), abs=1e-9)
        forced = token_scores(translator.model, source.tolist(), one.tokens)
        assert one.total == pytest.approx(float(forced.sum()), abs=1e-4 * max(1.0, abs(one.total)))
        assert one.score == one.total / ((5 + len(one.tokens)) / 6) ** 0.6
        assert path[-1].state == ("finished" if one.tokens[-1] == END else "kept")
        assert END not in one.tokens[:-1]


def check_tree(found: Beam, width: int, shown: int) -> None:
    for place, node in enumerate(found.nodes):
        assert node.id == place and -1 <= node.parent < place
        parent = found.nodes[node.parent] if node.parent >= 0 else None
        assert node.step == (parent.step + 1 if parent else 0)
        assert node.total == (parent.total if parent else 0.0) + node.log_probability
        assert parent is None or parent.state == "kept"
    for step in range(max(node.step for node in found.nodes) + 1):
        before = sum(node.state == "finished" and node.step < step for node in found.nodes)
        chosen = [node.total for node in found.nodes if node.step == step and node.state != "dropped"]
        dropped = [node.total for node in found.nodes if node.step == step and node.state == "dropped"]
        assert len(chosen) <= width - before
        assert not dropped or not chosen or max(dropped) <= min(chosen)
    for parent_id in {node.parent for node in found.nodes}:
        children = [n for n in found.nodes if n.parent == parent_id and n.state == "dropped"]
        assert len(children) <= shown
        assert len({n.token for n in found.nodes if n.parent == parent_id}) == len(
            [n for n in found.nodes if n.parent == parent_id]
        )


def test_the_tree_can_be_walked_and_only_the_worse_is_dropped(
    translator: Translator, model: Transformer, source: torch.Tensor
) -> None:
    check_tree(beam_search(model, source, width=4, longest=9, shown=3), 4, 3)
    real = beam_search(translator.model, source_of(translator, SENTENCES[0]), width=3, longest=12)
    check_tree(real, 3, 8)
    assert not any(
        node.state == "dropped" for node in beam_search(model, source, width=2, longest=4, shown=0).nodes
    )


def test_a_prefix_is_what_every_hypothesis_begins_with(model: Transformer, source: torch.Tensor) -> None:
    found = beam_search(model, source, width=3, prefix=[9, 21], longest=6)
    assert len(found.hypotheses) == 3
    assert all(one.tokens[:2] == (9, 21) for one in found.hypotheses)
    alone = [step.token for step in greedy(model, source, prefix=[9, 21], longest=6)]
    assert beam_search(model, source, width=1, prefix=[9, 21], longest=6).hypotheses[0].tokens == tuple(alone)
    ended = beam_search(model, source, width=3, prefix=[9, END], longest=6)
    assert [one.tokens for one in ended.hypotheses] == [(9, END)]


@pytest.mark.parametrize(("longest", "alpha"), [(2, 0.0), (2, 1.0), (3, 0.0), (3, 0.6), (3, -1.0)])
def test_a_beam_that_holds_everything_is_exact(longest: int, alpha: float) -> None:
    torch.manual_seed(11)
    vocabulary = 9
    tiny = Transformer(
        TransformerConfig(vocabulary, 12, 3, encoder_layers=1, decoder_layers=2, d_hidden=24, dropout=0.0)
    ).eval()
    source = torch.tensor([[5, 8, 4, 3]])
    words = [*range(4, vocabulary)]
    every = [
        (*begin, *last)
        for length in range(longest)
        for begin in itertools.product(words, repeat=length)
        for last in ([(END,)] if length < longest - 1 else [(END,), *((w,) for w in words)])
    ]
    totals = {}
    for length in range(1, longest + 1):
        said = [tokens for tokens in every if len(tokens) == length]
        read = torch.tensor([[START, *tokens[:-1]] for tokens in said])
        rows = read_distributions(tiny, source.expand(len(said), -1), read)
        summed = rows.double().gather(-1, torch.tensor(said)[..., None]).sum((1, 2))
        totals.update(zip(said, summed.tolist(), strict=True))
    assert sum(map(math.exp, totals.values())) == pytest.approx(1)  # these are all there is
    scores = {tokens: total / penalty(len(tokens), alpha) for tokens, total in totals.items()}
    found = beam_search(
        tiny, source, width=vocabulary ** (longest - 1), length_penalty=alpha, longest=longest
    )
    best = max(scores, key=lambda tokens: scores[tokens])
    assert found.hypotheses[0].tokens == best
    assert found.hypotheses[0].score == pytest.approx(scores[best], abs=1e-4)


def test_what_cannot_be_searched_is_refused(model: Transformer, source: torch.Tensor) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        beam_search(model, source, width=0)
    with pytest.raises(ValueError, match="finite"):
        beam_search(model, source, width=1, length_penalty=math.nan)
    with pytest.raises(ValueError, match="token"):
        beam_search(model, source, width=1, prefix=[2])
