"""The writer: a decoder in the shape of GPT-2, with the rectifier for its activation."""

from dataclasses import dataclass
from typing import List, Optional, Sequence, Tuple

import torch
from torch import nn

from neural.layers import Cache, EncoderLayer, fast_dropout, future, working


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 2048
    width: int = 256
    inner: int = 1024
    heads: int = 4
    layers: int = 4
    positions: int = 256


class DecoderLayer(EncoderLayer):
    """An encoder layer that goes on from keys and values of earlier positions."""

    def forward(self, x: torch.Tensor, mask: Optional[torch.Tensor], past: Optional[Cache] = None):
        """The new x, and the keys and values of all positions so far."""
        queries, *cache = self.self_attn.project(working(self.self_attn_layer_norm(x)), 0, 3)
        if past is not None:
            cache = [torch.cat(pair, dim=2) for pair in zip(past, cache)]
        x = x + self.drop(self.self_attn(queries, cache, mask))
        return x + self.drop(self.feed_forward(self.final_layer_norm(x))), cache


class Writer(nn.Module):
    """Pre-norm, learned positions, one embedding for input and output."""

    def __init__(self, shape: Shape, dropout: float = 0.0):
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        layer = (shape.width, shape.heads, shape.inner, dropout)
        self.layers = nn.ModuleList(DecoderLayer(*layer) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.apply(_initialize)
        for each in self.layers:
            for last in (each.self_attn.out_proj, each.feed_forward.fc2):
                nn.init.normal_(last.weight, std=0.02 * (2 * shape.layers) ** -0.5)

    def forward(
        self, ids: torch.Tensor, position: torch.Tensor, mask: torch.Tensor, past: Optional[Sequence[Cache]] = None
    ) -> Tuple[torch.Tensor, List[Cache]]:
        """States of the new positions, rows × length × width, and the cache that holds them too."""
        x = self.embedding(ids) + self.positions(position)
        x, caches = fast_dropout(x, self.dropout, self.training), []
        for i, layer in enumerate(self.layers):
            x, cache = layer(x, mask, past[i] if past else None)
            caches.append(cache)
        return self.norm(x), caches

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(states, self.embedding.weight)


def within(paragraph: torch.Tensor) -> torch.Tensor:
    """Rows × 1 × length × length to add to scores: a piece sees those before it in its own paragraph."""
    other = (paragraph[:, :, None] != paragraph[:, None, :]) * -1e4
    return (other + future(paragraph.shape[1], paragraph.device))[:, None]


def _initialize(module: nn.Module) -> None:
    if isinstance(module, (nn.Linear, nn.Embedding)):
        nn.init.normal_(module.weight, std=0.02)
    if isinstance(module, nn.Linear):
        nn.init.zeros_(module.bias)
