"""What a translator needs beside the shared layers. Shapes: b rows, t positions, d model width, h heads."""

import math
from typing import Optional

import torch
from torch import nn

from neural.layers import Attention, Cache, EncoderLayer, working


def sinusoidal_positions(count: int, width: int) -> torch.Tensor:
    """count × width: sines, then cosines, as M2M100 has them. Text starts at position 2."""
    half = width // 2
    frequencies = torch.exp(torch.arange(half) * (-math.log(10000) / (half - 1)))
    angles = torch.arange(count)[:, None] * frequencies[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class DecoderLayer(EncoderLayer):
    """An encoder layer with attention over the source between its two parts."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__(width, heads, inner, dropout)
        self.encoder_attn, self.encoder_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)

    def forward(self, x, mask, source: Cache, source_mask, past: Optional[Cache] = None):
        """The new x, and the keys and values of all positions so far."""
        queries, *cache = self.self_attn.project(working(self.self_attn_layer_norm(x)), 0, 3)
        if past is not None:
            cache = [torch.cat(pair, dim=2) for pair in zip(past, cache)]
        x = x + self.drop(self.self_attn(queries, cache, mask))
        (queries,) = self.encoder_attn.project(working(self.encoder_attn_layer_norm(x)), 0, 1)
        x = x + self.drop(self.encoder_attn(queries, source, source_mask))
        return x + self.drop(self.feed_forward(self.final_layer_norm(x))), cache
