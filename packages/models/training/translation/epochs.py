"""The batches of a run, in an order that the settings alone decide."""

from dataclasses import dataclass
from typing import Iterator, List, Tuple

from batching import Batch, Corpus, make_batch, plan_batches
from pairs import Pair
from settings import Settings
from vocabulary import encode, encode_sampled


@dataclass(frozen=True)
class Epoch:
    """A pass over the data: its number, and the step at which it began."""

    number: int = 0
    first_step: int = 0


def encode_epoch(pieces, pairs: List[Pair], settings: Settings, epoch: Epoch) -> Corpus:
    """Segmentations sampled anew for each epoch; the likeliest ones towards the end, as at inference."""
    english, french = zip(*pairs)
    if epoch.first_step >= settings.sampling_share * settings.steps:
        return Corpus(encode(pieces, english), encode(pieces, french))
    seed = 1000 * settings.seed + 2 * epoch.number
    alpha = settings.sampling_alpha
    return Corpus(encode_sampled(pieces, english, alpha, seed), encode_sampled(pieces, french, alpha, seed + 1))


def batches_from(pieces, pairs, settings: Settings, epoch: Epoch, step: int) -> Iterator[Tuple[Epoch, Batch]]:
    """The batches from step `step` of `epoch` on, the same whether or not those before it ran in this process."""
    while True:
        corpus = encode_epoch(pieces, pairs, settings, epoch)
        plan = plan_batches(corpus, settings.tokens, settings.longest, 1000 * settings.seed + epoch.number)
        for indices in plan[step - epoch.first_step :]:
            yield epoch, make_batch(corpus, indices)
        epoch = Epoch(epoch.number + 1, epoch.first_step + len(plan))
        step = epoch.first_step
