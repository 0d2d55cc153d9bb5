"""The batches of an epoch, in an order that the settings alone decide."""

from functools import partial
from typing import List

from batching import Corpus, make_batch, plan_batches
from neural.epochs import Epoch, Plan
from pairs import Pair
from settings import Settings
from vocabulary import encode, encode_sampled


def encode_epoch(pieces, pairs: List[Pair], settings: Settings, epoch: Epoch) -> Corpus:
    """Segmentations sampled anew for each epoch; the likeliest ones towards the end, as at inference."""
    english, french = zip(*pairs)
    if epoch.first_step >= settings.sampling_share * settings.steps:
        return Corpus(encode(pieces, english), encode(pieces, french))
    seed = 1000 * settings.seed + 2 * epoch.number
    alpha = settings.sampling_alpha
    return Corpus(encode_sampled(pieces, english, alpha, seed), encode_sampled(pieces, french, alpha, seed + 1))


def plan_epoch(pieces, pairs: List[Pair], settings: Settings, epoch: Epoch) -> Plan:
    corpus = encode_epoch(pieces, pairs, settings, epoch)
    plan = plan_batches(corpus, settings.tokens, settings.longest, 1000 * settings.seed + epoch.number)
    return [partial(make_batch, corpus, indices) for indices in plan]
