"""A first table of pieces from counts of their neighbours, so that pretraining begins with words that resemble each other.

Positive pointwise mutual information within a window, reduced by a singular value decomposition (Levy and Goldberg 2014).
"""

from typing import Sequence

import numpy
import torch

WINDOW = 5


def neighbour_counts(documents: Sequence[numpy.ndarray], size: int) -> numpy.ndarray:
    """size × size: how often two pieces stand near each other, a pair at distance d counting 1 / d."""
    stream = numpy.concatenate(documents).astype(numpy.int64)
    counts = numpy.zeros(size * size, numpy.float32)
    for distance in range(1, WINDOW + 1):
        pairs = stream[:-distance] * size + stream[distance:]
        counts += numpy.bincount(pairs, minlength=size * size) / numpy.float32(distance)
    counts = counts.reshape(size, size)
    return counts + counts.T


def mutual_information(counts: numpy.ndarray) -> numpy.ndarray:
    """max(0, log p(a, b) / (p(a) p(b)^0.75)), as far as both were seen."""
    rows = counts.sum(axis=1)
    columns = rows**0.75
    expected = numpy.outer(rows, columns / columns.sum())
    with numpy.errstate(divide="ignore", invalid="ignore"):
        information = numpy.log(counts / expected)
    return numpy.where(counts > 0, numpy.maximum(information, 0), 0).astype(numpy.float32)


def table_of_neighbours(documents: Sequence[numpy.ndarray], size: int, width: int, seed: int) -> torch.Tensor:
    """size × width, with the spread that the encoder's table begins with otherwise."""
    torch.manual_seed(seed)
    information = torch.from_numpy(mutual_information(neighbour_counts(documents, size)))
    left, values, _ = torch.svd_lowrank(information, q=width, niter=2)
    table = left * values.sqrt()
    return table * (width**-0.5 / table.std())
