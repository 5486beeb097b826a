"""The next token: the model's distribution, and what temperature, top-k, top-p and min-p leave of it."""

from ui.components.next_token.picture import Wish, next_token_picture, wish_of

__all__ = ["Wish", "next_token_picture", "wish_of"]
