"""Text in and out: normalisation, tokenizers, corpora."""
