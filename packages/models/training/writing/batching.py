"""Rows of equal length, filled with paragraphs one after the other; none sees another."""

from dataclasses import dataclass
from functools import partial
from typing import List, Sequence

import numpy
import torch

from byte_pairs import END
from neural.epochs import Epoch, Plan
from settings import Settings


@dataclass(frozen=True)
class Batch:
    """Each rows × length. `paragraph` numbers them, `position` counts from a paragraph's or a row's beginning."""

    ids: torch.Tensor
    gold: torch.Tensor
    paragraph: torch.Tensor
    position: torch.Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(*(part.to(device) for part in (self.ids, self.gold, self.paragraph, self.position)))


def fill_rows(paragraphs: Sequence[Sequence[int]], length: int) -> Batch:
    """Each paragraph begins with the end token and is followed by it; the last row is filled with empty ones."""
    count = sum(len(ids) + 1 for ids in paragraphs)
    filled = [*paragraphs, *[()] * (-count % length)]
    ids = numpy.concatenate([[END, *ids] for ids in filled])
    gold = numpy.concatenate([[*ids, END] for ids in filled])
    paragraph = numpy.repeat(numpy.arange(len(filled)), [len(ids) + 1 for ids in filled])
    place = numpy.arange(len(ids))
    starts = numpy.concatenate([[0], numpy.cumsum([len(ids) + 1 for ids in filled])[:-1]])
    position = place - numpy.maximum(starts[paragraph], place // length * length)
    return Batch(*(torch.from_numpy(part.reshape(-1, length)) for part in (ids, gold, paragraph, position)))


def rows_of(batch: Batch, rows: slice) -> Batch:
    return Batch(batch.ids[rows], batch.gold[rows], batch.paragraph[rows], batch.position[rows])


def in_batches(rows: Batch, size: int) -> List[Batch]:
    return [rows_of(rows, slice(first, first + size)) for first in range(0, len(rows.ids), size)]


def plan_epoch(paragraphs: Sequence[Sequence[int]], settings: Settings, epoch: Epoch) -> Plan:
    """The paragraphs in a new order in each epoch, by the seed."""
    random = numpy.random.default_rng(1000 * settings.seed + epoch.number)
    shuffled = [paragraphs[i] for i in random.permutation(len(paragraphs))]
    rows = fill_rows(shuffled, settings.shape.positions)
    firsts = range(0, len(rows.ids), settings.rows)
    return [partial(rows_of, rows, slice(first, first + settings.rows)) for first in firsts]
