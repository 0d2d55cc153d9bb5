"""How good a model is on dev, to choose a checkpoint by."""

from typing import Dict, List

import torch

from batching import Corpus, make_batch, plan_batches
from bleu import corpus_bleu
from decoding import translate
from neural.device import products_in
from neural.trainer import Trainer
from pairs import Pair
from translating import batch_loss
from vocabulary import ENGLISH, FRENCH, encode


@torch.no_grad()
def measure(trainer: Trainer, pieces, pairs: List[Pair]) -> Dict[str, float]:
    """With the averaged weights: nats a piece, and BLEU of greedy translations each way, and their mean."""
    english, french = map(list, zip(*pairs))
    corpus = Corpus(encode(pieces, english), encode(pieces, french))
    plan = plan_batches(corpus, trainer.settings.tokens, trainer.settings.longest, 0)
    model, device = trainer.average, trainer.device
    with products_in(trainer.settings.precision, device):
        losses = [batch_loss(model, make_batch(corpus, indices).to(device), smoothing=0.0).item() for indices in plan]
        to_french = corpus_bleu(translate(model, pieces, english, FRENCH, device), french)
        to_english = corpus_bleu(translate(model, pieces, french, ENGLISH, device), english)
    return {
        "devLoss": sum(losses) / len(losses),
        "bleuToFrench": to_french,
        "bleuToEnglish": to_english,
        "bleu": (to_french + to_english) / 2,
    }
