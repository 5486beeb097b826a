"""Transformers' GPT-2 of one shape with random weights, timed on demand over a pipe, as ``benchmarks/peers.py``.

Each line is how many continuations to draw in one batch; the answer is the milliseconds they took.
"""

from __future__ import annotations

import json
import sys
import time

import torch
import transformers


def gpt2(shape: dict[str, int]) -> transformers.GPT2LMHeadModel:
    """Return the model; embedding and output matrix are one, as in ours."""
    torch.manual_seed(0)
    config = transformers.GPT2Config(
        vocab_size=shape["vocabulary"],
        n_positions=shape["longest"],
        n_embd=shape["d_model"],
        n_layer=shape["decoder_layers"],
        n_head=shape["heads"],
        n_inner=shape["d_hidden"],
        activation_function="relu",
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    return transformers.GPT2LMHeadModel(config).eval()


@torch.inference_mode()
def drawn(model: transformers.GPT2LMHeadModel, count: int, prompt: int, tokens: int) -> int:
    """Draw continuations with a cache; returns how many tokens each has."""
    ids = torch.arange(10, 10 + prompt).repeat(count, 1)
    length = {"min_new_tokens": tokens, "max_new_tokens": tokens}
    said = model.generate(
        ids, attention_mask=torch.ones_like(ids), do_sample=True, top_k=0, use_cache=True, **length
    )
    return said.shape[1] - prompt


def main() -> None:
    """Build it, then answer."""
    shape = json.loads(sys.argv[1])
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    model, tokens = gpt2(shape), shape["tokens"]
    print(f"ready transformers {transformers.__version__}", flush=True)
    for line in sys.stdin:
        began = time.perf_counter()
        emitted = drawn(model, int(line), shape["prompt"], tokens)
        took = (time.perf_counter() - began) * 1000
        if emitted != tokens:
            raise RuntimeError(f"{emitted} tokens came instead of {tokens}")
        print(took, flush=True)


if __name__ == "__main__":
    main()
