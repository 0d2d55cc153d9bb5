"""One vocabulary for both languages, with a sign for each."""

from functools import partial

from neural.vocabulary import END, PAD, START, UNKNOWN, encode, encode_sampled
from neural.vocabulary import load_vocabulary as load_any

LANGUAGES = ("__en__", "__fr__")
ENGLISH, FRENCH = range(UNKNOWN + 1, UNKNOWN + 3)

load_vocabulary = partial(load_any, signs=LANGUAGES)

__all__ = ["END", "ENGLISH", "FRENCH", "LANGUAGES", "PAD", "START", "UNKNOWN", "encode", "encode_sampled"]
