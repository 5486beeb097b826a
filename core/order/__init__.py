"""Experiments about the order of words: what positions look like, and what a model does without them."""
