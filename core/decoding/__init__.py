"""Decoding, apart from the models: generators that yield one step a token."""
