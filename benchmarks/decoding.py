"""Greedy translation at one thread, with and without recording, beside torch's own Transformer."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import torch
from torch import Tensor, nn

from benchmarks.report import Figure, median_ms
from core.decoding.greedy import greedy
from core.models.transformer import Transformer
from core.text.tokenizer import END, START
from core.translator import load_translator

TOKENS = 20
BUDGET_MS = 2.5  # DESIGN: greedy translation with every attention recorded, one thread
SENTENCE = "오늘은 날씨가 정말 좋아서 친구와 함께 공원에 가서 점심을 먹고 싶어요."


def figures() -> Iterator[Figure]:
    """Yield ms per token; the end token is forbidden so that each run emits the same number of tokens."""
    torch.set_num_threads(1)
    translator = load_translator()
    model = _endless(translator.model)
    source = torch.tensor([translator.source_ids(SENTENCE, "ko-en")], device=translator.device)

    def decode(record: bool) -> None:
        emitted = sum(1 for _ in greedy(model, source, longest=TOKENS, record=record))
        if emitted != TOKENS:
            raise RuntimeError(f"the benchmark needs {TOKENS} tokens, the model stopped after {emitted}")

    plain = median_ms(partial(decode, False)) / TOKENS
    recorded = median_ms(partial(decode, True)) / TOKENS
    peer = _peer(model, source)
    note = f"{source.shape[1]} source tokens, {TOKENS} emitted"
    yield Figure("greedy, nothing recorded", plain, "ms/token", BUDGET_MS, note)
    yield Figure("greedy, every attention recorded", recorded, "ms/token", BUDGET_MS, note)
    yield Figure("torch.nn.Transformer of the same size", peer, "ms/token", None, "greedy; it has no cache")
    yield Figure("  ours recorded : torch's", recorded / peer, "ratio", None, "same run")


def _endless(model: Transformer) -> Transformer:
    """Make the end token the least likely one: its vector the opposite of what it answers to."""
    with torch.inference_mode():
        model.embedding.weight[END] *= -1
    return model


def _peer(model: Transformer, source: Tensor) -> float:
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

    return median_ms(decode, rounds=8) / TOKENS
