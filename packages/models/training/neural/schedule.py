"""The learning rate: linear warmup, then half a cosine down to a fiftieth of the peak."""

import math

from .settings import TrainingSettings


def learning_rate(step: int, settings: TrainingSettings) -> float:
    """`step` counts from 0."""
    if step < settings.warmup:
        return settings.learning_rate * (step + 1) / settings.warmup
    done = min(1.0, (step - settings.warmup) / max(1, settings.steps - settings.warmup))
    return settings.learning_rate * (0.02 + 0.98 * (1 + math.cos(math.pi * done)) / 2)
