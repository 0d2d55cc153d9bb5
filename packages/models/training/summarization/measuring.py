"""How good a model is on dev, to choose a checkpoint by."""

from typing import Dict, List, Sequence

import torch

from abstracts import Abstract
from epochs import framed, plan_of
from lessons import Lesson, framed_source, source_of, summary_lessons
from neural.batching import pad_rows
from neural.decoding import greedy
from neural.device import products_in
from neural.encoder_decoder import EncoderDecoder, batch_loss
from neural.trainer import Trainer
from neural.vocabulary import END
from rouge import best_rouge_l


@torch.no_grad()
def measure(trainer: Trainer, pieces, abstracts: Sequence[Abstract], lessons: Sequence[Lesson]) -> Dict[str, float]:
    """With the averaged weights: nats a piece, and the mean ROUGE-L of greedy summaries, by the best reference."""
    model, device, settings = trainer.average, trainer.device, trainer.settings
    examples = [example for lesson in lessons for example in summary_lessons(lesson)]
    plan = plan_of(framed(examples, settings.shape.positions), settings, 0)
    with products_in(settings.precision, device):
        losses = [batch_loss(model, make().to(device), 0.0).item() for make in plan]
        written = summarize(model, pieces, lessons, settings.longest_target, device)
    scores = [best_rouge_l(summary, abstract.summaries) for summary, abstract in zip(written, abstracts)]
    return {"devLoss": sum(losses) / len(losses), "rougeL": sum(scores) / len(scores)}


def summarize(
    model: EncoderDecoder, pieces, lessons: Sequence[Lesson], longest: int, device, rows: int = 64
) -> List[str]:
    """Greedily."""
    sources = [framed_source(source_of(lesson), model.shape.positions) for lesson in lessons]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    summaries = [""] * len(sources)
    for first in range(0, len(order), rows):
        chosen = order[first : first + rows]
        written = greedy(model, pad_rows([sources[i] for i in chosen]).to(device), [END], longest)
        for i, ids in zip(chosen, written):
            summaries[i] = pieces.decode(ids)
    return summaries
