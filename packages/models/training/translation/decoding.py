"""Greedy translation, to watch a run by."""

from typing import List, Sequence

import torch

from batching import pad_rows
from model import Translator
from vocabulary import END, ENGLISH, FRENCH, encode


@torch.no_grad()
def greedy(model: Translator, source: torch.Tensor, language: int, longest: int) -> List[List[int]]:
    """Pieces for each row of `source`, without the tokens that start and end them."""
    memory, mask = model.encode(source)
    ids = torch.tensor([[END, language]], device=source.device).repeat(len(source), 1)
    rows, ended, past = [], torch.zeros(len(source), dtype=torch.bool, device=source.device), None
    for _ in range(longest):
        states, past = model.decode(ids, memory, mask, past)
        ids = model.logits(states[:, -1:]).argmax(dim=-1)
        rows.append(ids)
        ended |= ids[:, 0] == END
        if ended.all():
            break
    return [_until_end(row) for row in torch.cat(rows, dim=1).tolist()]


def _until_end(row: List[int]) -> List[int]:
    return row[: row.index(END)] if END in row else row


def translate(model: Translator, pieces, texts: Sequence[str], language: int, device, rows: int = 256) -> List[str]:
    """`language` is that of the translations: ENGLISH or FRENCH."""
    start = ENGLISH if language == FRENCH else FRENCH
    sources = [[start, *ids, END] for ids in encode(pieces, texts)]
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    translations = [""] * len(sources)
    for first in range(0, len(order), rows):
        chosen = order[first : first + rows]
        batch = pad_rows([sources[i] for i in chosen]).to(device)
        for i, ids in zip(chosen, greedy(model, batch, language, 2 * batch.shape[1] + 8)):
            translations[i] = pieces.decode(ids)
    return translations
