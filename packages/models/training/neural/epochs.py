"""The batches of a run, in an order that the settings alone decide."""

from dataclasses import dataclass
from typing import Any, Callable, Iterator, Sequence, Tuple


@dataclass(frozen=True)
class Epoch:
    """A pass over the data: its number, and the step at which it began."""

    number: int = 0
    first_step: int = 0


Plan = Sequence[Callable[[], Any]]  # what makes each batch of an epoch


def batches_from(plan: Callable[[Epoch], Plan], epoch: Epoch, step: int) -> Iterator[Tuple[Epoch, Any]]:
    """The batches from step `step` of `epoch` on, the same whether or not those before it ran in this process."""
    while True:
        batches = plan(epoch)
        for make in batches[step - epoch.first_step :]:
            yield epoch, make()
        epoch = Epoch(epoch.number + 1, epoch.first_step + len(batches))
        step = epoch.first_step
