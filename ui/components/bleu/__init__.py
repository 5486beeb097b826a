"""The pictures of the BLEU page: cuts, smoothings and n-grams are switched in the browser."""

from ui.components.bleu.cuts import cuts_picture
from ui.components.bleu.picture import bleu_picture
from ui.components.bleu.rating import Vote, rating_list
from ui.components.bleu.view import BleuState, BleuView, CutView, PackedGram, PackedOrder, PackedScore, Rated

__all__ = [
    "BleuState",
    "BleuView",
    "CutView",
    "PackedGram",
    "PackedOrder",
    "PackedScore",
    "Rated",
    "Vote",
    "bleu_picture",
    "cuts_picture",
    "rating_list",
]
