"""Transformers' Marian and CTranslate2 of one shape with random weights, timed on demand over a pipe.

A program of its own, run by another interpreter: ``python benchmarks/peers.py '{"vocabulary": 8000, …}'``. Its
packages stand in benchmarks/requirements.txt; the app never needs them. It prints ``ready`` with the versions, then
answers each line ``marian`` or ``ctranslate2`` with the milliseconds of one greedy translation.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable

import ctranslate2
import torch
import transformers
from ctranslate2.converters.transformers import MarianMTLoader

END = 0  # Marian's


def marian(shape: dict[str, int]) -> transformers.MarianMTModel:
    """Return the model; embeddings and output matrix are one, as in ours."""
    torch.manual_seed(0)
    config = transformers.MarianConfig(
        vocab_size=shape["vocabulary"],
        d_model=shape["d_model"],
        encoder_layers=shape["encoder_layers"],
        decoder_layers=shape["decoder_layers"],
        encoder_attention_heads=shape["heads"],
        decoder_attention_heads=shape["heads"],
        encoder_ffn_dim=shape["d_hidden"],
        decoder_ffn_dim=shape["d_hidden"],
        activation_function="relu",
        scale_embedding=True,
        pad_token_id=shape["vocabulary"] - 1,
        decoder_start_token_id=shape["vocabulary"] - 1,
        eos_token_id=END,
        forced_eos_token_id=None,
    )
    return transformers.MarianMTModel(config).eval()


def marian_call(model: transformers.MarianMTModel, source: list[int], tokens: int) -> Callable[[], int]:
    """Return a call that translates greedily with a cache, and says how many tokens came."""
    ids = torch.tensor([source])
    length = {"min_new_tokens": tokens, "max_new_tokens": tokens}

    @torch.inference_mode()
    def call() -> int:
        said = model.generate(
            ids, attention_mask=torch.ones_like(ids), num_beams=1, do_sample=False, use_cache=True, **length
        )
        return said.shape[1] - 1  # without the start token

    return call


def ctranslate2_call(
    model: transformers.MarianMTModel, source: list[int], tokens: int, folder: str
) -> Callable[[], int]:
    """Return the same of the same weights, converted, in float32."""
    spec = MarianMTLoader().get_model_spec(model)
    pieces = ["</s>", "<unk>", *(f"piece{i}" for i in range(2, model.config.vocab_size - 1))]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.eos_token, spec.config.unk_token = "</s>", "<unk>"
    spec.config.decoder_start_token = "</s>"
    spec.validate()
    spec.optimize()
    spec.save(folder)
    translator = ctranslate2.Translator(folder, "cpu", compute_type="float32", intra_threads=1)
    words = [[pieces[token] for token in source]]
    length = {"min_decoding_length": tokens, "max_decoding_length": tokens}

    def call() -> int:
        return len(translator.translate_batch(words, beam_size=1, **length)[0].hypotheses[0])

    return call


def main() -> None:
    """Build both, then answer."""
    shape = json.loads(sys.argv[1])
    torch.set_num_threads(1)
    transformers.logging.set_verbosity_error()
    source = [(7 * place) % 1000 + 10 for place in range(shape["source"] - 1)] + [END]
    model, tokens = marian(shape), shape["tokens"]
    with tempfile.TemporaryDirectory() as folder:
        calls = {
            "marian": marian_call(model, source, tokens),
            "ctranslate2": ctranslate2_call(model, source, tokens, folder),
        }
        print(
            f"ready transformers {transformers.__version__}, ctranslate2 {ctranslate2.__version__}",
            flush=True,
        )
        for line in sys.stdin:
            call = calls[line.strip()]
            call()  # its weights back into the processor's caches, as after its own last sentence
            began = time.perf_counter()
            emitted = call()
            took = (time.perf_counter() - began) * 1000
            if emitted != tokens:
                raise RuntimeError(f"{line.strip()} emitted {emitted} tokens instead of {tokens}")
            print(took, flush=True)


if __name__ == "__main__":
    main()
