"""The batches of an epoch, in an order that the settings alone decide."""

from functools import partial
from typing import List, Sequence

import numpy

from lessons import (
    Example,
    Lesson,
    framed_source,
    framed_target,
    oracle_lesson,
    sentence_lesson,
    summary_lessons,
)
from neural.batching import Batch, pad_rows, plan_batches
from neural.epochs import Epoch, Plan
from settings import Settings


def examples_of(lessons: Sequence[Lesson], settings: Settings, epoch: Epoch) -> List[Example]:
    """Of the part of the run in which the epoch begins."""
    random = numpy.random.default_rng([settings.seed, epoch.number])
    if epoch.first_step < settings.oracle_from * settings.steps:
        return [sentence_lesson(lesson, random) for lesson in lessons]
    if epoch.first_step < settings.summaries_from * settings.steps:
        return [oracle_lesson(lesson, random, settings.kept_share) for lesson in lessons]
    return [example for lesson in lessons for example in summary_lessons(lesson)]


def framed(examples: Sequence[Example], positions: int) -> List[Example]:
    return [(framed_source(source, positions), framed_target(target)) for source, target in examples]


def plan_of(examples: Sequence[Example], settings: Settings, seed: int) -> Plan:
    """Batches of framed examples; those with a target of more than `longest_target` pieces are left out."""
    kept = [example for example in examples if len(example[1]) <= settings.longest_target]
    sources, targets = (numpy.array([len(example[side]) for example in kept]) for side in (0, 1))
    plan = plan_batches(sources, targets, settings.tokens, settings.shape.positions, seed)
    return [partial(make_batch, kept, indices) for indices in plan]


def make_batch(examples: Sequence[Example], indices: Sequence[int]) -> Batch:
    return Batch(*(pad_rows([examples[i][side] for i in indices]) for side in (0, 1)))


def plan_epoch(lessons: Sequence[Lesson], settings: Settings, epoch: Epoch) -> Plan:
    examples = framed(examples_of(lessons, settings, epoch), settings.shape.positions)
    return plan_of(examples, settings, 1000 * settings.seed + epoch.number)
