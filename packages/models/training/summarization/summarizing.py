"""What the summarizer learns: to give each piece of a summary a high probability after the source and those before."""

from functools import partial

from neural.encoder_decoder import EncoderDecoder, batch_loss
from neural.trainer import Task
from settings import Settings


def summarizing(settings: Settings) -> Task:
    return Task(partial(EncoderDecoder, settings.shape), partial(batch_loss, smoothing=settings.label_smoothing))
