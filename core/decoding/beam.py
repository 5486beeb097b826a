"""Beam search: the ``width`` most probable beginnings are kept at every step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from core.decoding.distribution import log_distribution
from core.decoding.model import EncoderDecoder
from core.decoding.step import LONGEST
from core.decoding.walk import forced_prefix
from core.text.tokenizer import END, START

State = Literal["kept", "dropped", "finished"]
LENGTH_PENALTY = 0.6  # Wu et al. 2016, section 7, tried 0 to 1; 0.6 to 0.7 was best


@dataclass(frozen=True)
class Node:
    """A token in the tree; the way from the root to it is a beginning of a translation."""

    id: int  # its place in `Beam.nodes`
    parent: int  # a node's id, or −1: the start token
    step: int  # from 0
    token: int
    log_probability: float  # of this token after that beginning, in nats
    total: float  # summed from the root
    state: State  # a "kept" one was gone on from, or is where ``longest`` cut


@dataclass(frozen=True)
class Hypothesis:
    """A translation that the search ended with."""

    tokens: tuple[int, ...]  # the end token included where it was said
    total: float  # log-probability in nats
    score: float  # total / penalty of its length: what hypotheses are compared by
    node: int  # the id of its last token's node


@dataclass(frozen=True)
class Beam:
    """A search: its tree and what it found."""

    nodes: tuple[Node, ...]  # a parent stands before its children
    hypotheses: tuple[Hypothesis, ...]  # the best first

    def path(self, node: int) -> tuple[Node, ...]:
        """Return the nodes from the root to the one with this id."""
        found: list[Node] = []
        while node != -1:
            found.append(self.nodes[node])
            node = self.nodes[node].parent
        return tuple(reversed(found))


def penalty(length: int, alpha: float) -> float:
    """Return ``((5 + length) / 6) ^ alpha``, by which a total is divided (Wu et al. 2016, equation 14)."""
    return ((5 + length) / 6) ** alpha


@torch.inference_mode()
def beam_search(
    model: EncoderDecoder,
    source: Tensor,
    *,
    width: int,
    length_penalty: float = LENGTH_PENALTY,
    longest: int = LONGEST,
    prefix: Sequence[int] = (),
    shown: int = 8,
) -> Beam:
    """Search with a beam of ``width``; all of it runs as one batch with a cache.

    At every step the most probable of all expansions are kept, by their totals: they have equal lengths. One that
    ends is finished and keeps its place in the beam, so the search is over after ``width`` of them, or at
    ``longest``. The length penalty decides between hypotheses of different lengths, at the end.

    Args:
        source: (1, source) ids.
        width: beginnings kept; 1 is greedy search.
        length_penalty: α of `penalty`; 0 compares the totals, which favours short translations.
        longest: the most tokens of a hypothesis, prefix and end token counted.
        prefix: tokens that every hypothesis begins with, without the start token.
        shown: of each node that was gone on from, the tree has the most probable expansions that were dropped, at
            most so many.

    Raises:
        ValueError: the width is not positive, the penalty is not finite, or no translation begins with ``prefix``.
    """
    if width < 1:
        raise ValueError(f"a beam is at least 1 wide, not {width}")
    if not math.isfinite(length_penalty):
        raise ValueError(f"the length penalty is a finite number, not {length_penalty}")
    forced = forced_prefix(prefix, model.config.vocabulary)
    memory, _ = model.encode(source)
    caches = model.start(memory)
    tree = _Tree(shown)
    live, ended = [_ROOT], list[Node]()
    for step in range(longest):
        tokens = source.new_tensor([[node.token] for node in live])
        logits, _ = model.step(tokens, caches, step)
        log_probabilities = log_distribution(logits).cpu().double()  # (beam, vocabulary)
        slots = width - len(ended)
        chosen = [(0, forced[step])] if step in forced else _best(live, log_probabilities, slots)
        nodes = tree.grow(live, log_probabilities, chosen, step)
        ended += [node for node in nodes if node.state == "finished"]
        going_on = [(row, node) for (row, _), node in zip(chosen, nodes, strict=True) if node.state == "kept"]
        live = [node for _, node in going_on]
        if not live:
            break
        rows = source.new_tensor([row for row, _ in going_on])
        for cache in caches:
            cache.keep(rows)
    return tree.beam([node for node in (*ended, *live) if node is not _ROOT], length_penalty)


_ROOT = Node(-1, -1, -1, START, 0.0, 0.0, "kept")


def _best(live: Sequence[Node], log_probabilities: Tensor, count: int) -> list[tuple[int, int]]:
    """Return the rows and tokens of the ``count`` most probable of all expansions (beam, vocabulary)."""
    totals = log_probabilities.new_tensor([node.total for node in live])[:, None] + log_probabilities
    flat = totals.flatten()
    best = flat.topk(min(count, flat.numel()))
    vocabulary = totals.shape[1]
    return [
        divmod(place, vocabulary)
        for place, total in zip(best.indices.tolist(), best.values.tolist(), strict=True)
        if total > -math.inf
    ]


class _Tree:
    """The nodes so far."""

    def __init__(self, shown: int) -> None:
        self.shown = shown
        self.nodes: list[Node] = []

    def grow(
        self, live: Sequence[Node], log_probabilities: Tensor, chosen: Sequence[tuple[int, int]], step: int
    ) -> list[Node]:
        """Add the chosen expansions, which are returned, and the best dropped ones of each live node."""
        nodes = [
            self._add(
                live[row],
                step,
                token,
                float(log_probabilities[row, token]),
                "finished" if token == END else "kept",
            )
            for row, token in chosen
        ]
        for row, parent in enumerate(live):
            taken = {token for chosen_row, token in chosen if chosen_row == row}
            best = log_probabilities[row].topk(min(self.shown + len(taken), log_probabilities.shape[1]))
            dropped = [
                (token, value)
                for token, value in zip(best.indices.tolist(), best.values.tolist(), strict=True)
                if token not in taken and value > -math.inf
            ]
            for token, value in dropped[: self.shown]:
                self._add(parent, step, token, value, "dropped")
        return nodes

    def _add(self, parent: Node, step: int, token: int, log_probability: float, state: State) -> Node:
        total = parent.total + log_probability
        self.nodes.append(Node(len(self.nodes), parent.id, step, token, log_probability, total, state))
        return self.nodes[-1]

    def beam(self, leaves: Sequence[Node], length_penalty: float) -> Beam:
        """Return the finished search, whose hypotheses end in ``leaves``."""
        tree = Beam(tuple(self.nodes), ())
        found = [
            Hypothesis(
                tokens=tuple(node.token for node in tree.path(leaf.id)),
                total=leaf.total,
                score=leaf.total / penalty(leaf.step + 1, length_penalty),
                node=leaf.id,
            )
            for leaf in leaves
        ]
        return Beam(tree.nodes, tuple(sorted(found, key=lambda one: (-one.score, one.node))))
