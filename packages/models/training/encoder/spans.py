"""Entities in tags (IOB2), and how many of them were found: exact match of both ends and the type."""

from typing import List, Sequence, Set, Tuple

Span = Tuple[int, int, str]


def spans_of(tags: Sequence[str]) -> Set[Span]:
    """A span begins at B, or at I where none of its type is open."""
    spans: Set[Span] = set()
    start, kind = 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and tag != f"I-{kind}":
            spans.add((start, i, kind))
            kind = ""
        if tag != "O" and not kind:
            start, kind = i, tag[2:]
    return spans


def exact_f1(gold: Sequence[Sequence[str]], found: Sequence[Sequence[str]]) -> float:
    """2 · right / (gold + found), over all sentences together."""
    pairs: List[Tuple[Set[Span], Set[Span]]] = [(spans_of(a), spans_of(b)) for a, b in zip(gold, found)]
    right = sum(len(a & b) for a, b in pairs)
    return 2 * right / max(1, sum(len(a) + len(b) for a, b in pairs))
