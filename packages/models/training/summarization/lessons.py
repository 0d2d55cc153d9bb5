"""What the summarizer reads and writes in each part of a run, as pieces."""

from dataclasses import dataclass
from typing import Iterator, List, Sequence, Tuple

import numpy

from abstracts import Abstract
from neural.vocabulary import END, UNKNOWN, encode

GAP = UNKNOWN + 1
SIGNS = ("<gap>",)

Example = Tuple[List[int], List[int]]  # source and target, without start and end


@dataclass(frozen=True)
class Lesson:
    """An abstract in pieces. `oracle` is the place of the sentence that is most like a summary."""

    sentences: Sequence[List[int]]
    summaries: Sequence[List[int]]
    oracle: int


def lessons_of(pieces, abstracts: Sequence[Abstract]) -> List[Lesson]:
    """Sentences are encoded apart: no piece reaches over a space, so joined they are the text's pieces."""
    return [
        Lesson(encode(pieces, abstract.sentences), encode(pieces, abstract.summaries), abstract.oracle())
        for abstract in abstracts
    ]


def sentence_lesson(lesson: Lesson, random: numpy.random.Generator) -> Example:
    """A sentence to write, from some of those around it: GAP stands in its place, or before it (a copy).

    Gap sentences teach language and topic (Zhang et al. 2020), copies teach to find and repeat what the source has.
    """
    count = len(lesson.sentences)
    chosen = int(random.integers(count))
    width = int(random.integers(1, count + 1))
    first = int(random.integers(max(0, chosen - width + 1), min(chosen, count - width) + 1))
    repeated = random.random() < 0.5
    source: List[int] = []
    for place in range(first, first + width):
        source += [GAP] if place == chosen else []
        source += lesson.sentences[place] if place != chosen or repeated else []
    return source, lesson.sentences[chosen]


def oracle_lesson(lesson: Lesson, random: numpy.random.Generator, kept_share: float) -> Example:
    """The oracle sentence, from the abstract without some of the others, so that no two passes are the same."""
    kept = random.random(len(lesson.sentences)) < kept_share
    kept[lesson.oracle] = True
    source = [piece for place in numpy.flatnonzero(kept) for piece in lesson.sentences[place]]
    return source, lesson.sentences[lesson.oracle]


def summary_lessons(lesson: Lesson) -> Iterator[Example]:
    for summary in lesson.summaries:
        yield source_of(lesson), summary


def source_of(lesson: Lesson) -> List[int]:
    return [piece for sentence in lesson.sentences for piece in sentence]


def framed_source(source: Sequence[int], positions: int) -> List[int]:
    """Cut to `positions` pieces, with the end."""
    return [*source[: positions - 1], END]


def framed_target(target: Sequence[int]) -> List[int]:
    """As the decoder meets it: the end token starts it."""
    return [END, *target, END]
