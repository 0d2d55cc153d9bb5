"""Greedy decoding, to watch a run by."""

from typing import List, Sequence

import torch

from .encoder_decoder import EncoderDecoder
from .vocabulary import END


@torch.no_grad()
def greedy(model: EncoderDecoder, source: torch.Tensor, first: Sequence[int], longest: int) -> List[List[int]]:
    """Pieces for each row of `source`, `longest` at most, after those of `first` and without the end."""
    memory, mask = model.encode(source)
    ids = torch.tensor([list(first)], device=source.device).repeat(len(source), 1)
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
