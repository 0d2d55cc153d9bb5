"""What the translator learns: to give each target piece a high probability after the source and those before it."""

from functools import partial

from model import Translator
from neural import encoder_decoder
from neural.trainer import Task
from settings import Settings

batch_loss = partial(encoder_decoder.batch_loss, given=1)  # the language token is given, not predicted


def translating(settings: Settings) -> Task:
    return Task(partial(Translator, settings.shape), partial(batch_loss, smoothing=settings.label_smoothing))
