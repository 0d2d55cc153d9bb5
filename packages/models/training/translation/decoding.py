"""Greedy translation, to watch a run by."""

from typing import List, Sequence

from model import Translator
from neural.batching import pad_rows
from neural.decoding import greedy
from vocabulary import END, ENGLISH, FRENCH, encode


def translate(model: Translator, pieces, texts: Sequence[str], language: int, device, rows: int = 256) -> List[str]:
    """`language` is that of the translations: ENGLISH or FRENCH."""
    start = ENGLISH if language == FRENCH else FRENCH
    sources = [[start, *ids, END] for ids in encode(pieces, texts)]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    translations = [""] * len(sources)
    for first in range(0, len(order), rows):
        chosen = order[first : first + rows]
        batch = pad_rows([sources[i] for i in chosen]).to(device)
        for i, ids in zip(chosen, greedy(model, batch, [END, language], 2 * batch.shape[1] + 8)):
            translations[i] = pieces.decode(ids)
    return translations
