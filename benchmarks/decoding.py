"""Greedy translation at one thread, recorded and not, beside three peers of the same shape, in turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import torch
from torch import Tensor, nn

from benchmarks.other_programs import HOW_TO_INSTALL, OtherProgram, installed
from benchmarks.report import Figure
from benchmarks.shares import shares
from core.decoding.greedy import greedy
from core.models.transformer import Transformer
from core.text.tokenizer import END, START
from core.translator import load_translator

TOKENS = 24
ROUNDS = 20
BUDGET_MS = 2.5  # DESIGN: greedy translation with every attention recorded, one thread
SENTENCE = "오늘은 날씨가 정말 좋아서 친구와 함께 공원에 가서 점심을 먹고 싶어요."

# Milliseconds of one translation of TOKENS tokens.
Contestant = Callable[[], float]


def figures() -> Iterator[Figure]:
    """Yield ms per token; the end token is forbidden so that each run emits the same number of tokens."""
    torch.set_num_threads(1)
    translator = load_translator()
    model = _endless(translator.model)
    source = torch.tensor([translator.source_ids(SENTENCE, "ko-en")], device=translator.device)
    decode = partial(_decode, model, source)
    contestants: dict[str, Contestant] = {
        "plain": partial(_second, partial(decode, False)),
        "recorded": partial(_second, partial(decode, True)),
        "torch": partial(_second, _peer(model, source)),
    }
    if not installed():
        yield from _table(_in_turns(contestants), source.shape[1], HOW_TO_INSTALL)
    else:
        shape = {**vars(model.config), "source": source.shape[1], "tokens": TOKENS}
        with OtherProgram(shape) as other:
            contestants |= {name: partial(other.milliseconds, name) for name in ("marian", "ctranslate2")}
            yield from _table(_in_turns(contestants), source.shape[1], other.versions)
    yield from shares(model, source, partial(decode, True), TOKENS)


def _in_turns(contestants: Mapping[str, Contestant]) -> dict[str, list[float]]:
    """Return the ms per token of each in every round; a slow moment of the machine meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(ROUNDS):
        for name, contestant in contestants.items():
            taken[name].append(contestant() / TOKENS)
    return taken


def _table(taken: Mapping[str, list[float]], length: int, note: str) -> Iterator[Figure]:
    middle = {name: statistics.median(times) for name, times in taken.items()}
    least = {name: f"fastest {min(times):.2f}" for name, times in taken.items()}
    about = f"; {length} source tokens, {TOKENS} emitted, {ROUNDS} rounds in turns"
    unit = "ms/token"
    yield Figure("greedy, nothing recorded", middle["plain"], unit, BUDGET_MS, least["plain"] + about)
    yield Figure("greedy, every attention recorded", middle["recorded"], unit, BUDGET_MS, least["recorded"])
    yield Figure("torch.nn.Transformer, no cache", middle["torch"], unit, None, least["torch"])
    if "marian" not in taken:
        yield Figure("  ours recorded : torch's", middle["recorded"] / middle["torch"], "ratio", None, note)
        return
    yield Figure("Transformers' Marian generate", middle["marian"], unit, None, f"{least['marian']}; {note}")
    yield Figure("CTranslate2, float32", middle["ctranslate2"], unit, None, least["ctranslate2"])
    for name, peer in (("torch", "torch's"), ("marian", "Marian's"), ("ctranslate2", "CTranslate2's")):
        yield Figure(
            f"  ours recorded : {peer}", middle["recorded"] / middle[name], "ratio", None, "same run"
        )


def _second(call: Callable[[], object]) -> float:
    """Return the ms of ``call``'s second run: the first brings its weights back into the processor's caches."""
    call()
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def _decode(model: Transformer, source: Tensor, record: bool) -> None:
    emitted = sum(1 for _ in greedy(model, source, longest=TOKENS, record=record))
    if emitted != TOKENS:
        raise RuntimeError(f"the benchmark needs {TOKENS} tokens, the model stopped after {emitted}")


def _endless(model: Transformer) -> Transformer:
    """Make the end token the least likely one: its vector the opposite of what it answers to."""
    with torch.inference_mode():
        model.embedding.weight[END] *= -1
    model.pack()
    return model


def _peer(model: Transformer, source: Tensor) -> Callable[[], None]:
    config = model.config
    torch.manual_seed(0)
    peer = nn.Transformer(
        config.d_model,
        config.heads,
        config.encoder_layers,
        config.decoder_layers,
        config.d_hidden,
        batch_first=True,
    ).eval()
    embedding = nn.Embedding(config.vocabulary, config.d_model)

    @torch.inference_mode()
    def decode() -> None:
        memory = peer.encoder(embedding(source))
        said = torch.full((1, 1), START)
        for _ in range(TOKENS):
            mask = nn.Transformer.generate_square_subsequent_mask(said.shape[1])
            x = peer.decoder(embedding(said), memory, tgt_mask=mask, tgt_is_causal=True)
            token = (x[:, -1] @ embedding.weight.T).argmax(-1, keepdim=True)
            said = torch.cat([said, token], dim=1)

    return decode
