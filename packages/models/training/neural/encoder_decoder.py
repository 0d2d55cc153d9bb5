"""An encoder-decoder in the shape of M2M100."""

import math
from dataclasses import dataclass
from typing import List, Optional, Tuple

import torch
from torch import nn

from .batching import Batch
from .layers import Cache, DecoderLayer, EncoderLayer, fast_dropout, future, hide, sinusoidal_positions, working
from .loss import smoothed_cross_entropy
from .vocabulary import PAD

FIRST_POSITION = PAD + 1


@dataclass(frozen=True)
class Shape:
    """A model's own shape derives from this and gives the sizes."""

    vocabulary: int
    width: int
    inner: int
    heads: int
    encoder_layers: int
    decoder_layers: int
    positions: int


class EncoderDecoder(nn.Module):
    """Pre-norm, sinusoidal positions, one embedding for source, target and output, scaled by √width."""

    def __init__(self, shape: Shape, dropout: float = 0.0):
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.shared = nn.Embedding(shape.vocabulary, shape.width)
        layer = (shape.width, shape.heads, shape.inner, dropout)
        self.encoder = nn.ModuleList(EncoderLayer(*layer) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(DecoderLayer(*layer) for _ in range(shape.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        table = sinusoidal_positions(shape.positions + FIRST_POSITION, shape.width)
        self.register_buffer("positions", table, persistent=False)
        self.apply(_initialize)

    def embed(self, ids: torch.Tensor, start: int = 0) -> torch.Tensor:
        first = FIRST_POSITION + start
        x = self.shared(ids) * math.sqrt(self.shape.width) + self.positions[first : first + ids.shape[1]]
        return fast_dropout(x, self.dropout, self.training)

    def encode(self, source: torch.Tensor) -> Tuple[List[Cache], torch.Tensor]:
        """What the decoder reads of the source: keys and values for each of its layers, and their mask."""
        states, mask = self.encode_states(source)
        return [layer.encoder_attn.project(working(states), 1, 3) for layer in self.decoder], mask

    def encode_states(self, source: torch.Tensor) -> Tuple[torch.Tensor, torch.Tensor]:
        """b × t × width, and the mask to add to scores over them."""
        mask = hide(source == PAD)
        x = self.embed(source)
        for layer in self.encoder:
            x = layer(x, mask)
        return self.encoder_norm(x), mask

    def decode(self, target, source: List[Cache], source_mask, past: Optional[List[Cache]] = None):
        """States of the new positions, b × t × width, and the cache that holds them too."""
        start = past[0][0].shape[2] if past else 0
        mask = future(target.shape[1], target.device) if target.shape[1] > 1 else None
        x, caches = self.embed(target, start), []
        for i, layer in enumerate(self.decoder):
            x, cache = layer(x, mask, source[i], source_mask, past[i] if past else None)
            caches.append(cache)
        return self.decoder_norm(x), caches

    def logits(self, states: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(states, self.shared.weight)


def _initialize(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)
    if isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=module.embedding_dim**-0.5)


def batch_loss(model: EncoderDecoder, batch: Batch, smoothing: float, given: int = 0) -> torch.Tensor:
    """Nats a target piece; the first `given` pieces after the start are not predicted."""
    source, mask = model.encode(batch.source)
    states, _ = model.decode(batch.target[:, :-1], source, mask)
    gold = batch.target[:, 1:]
    counted = gold != PAD
    counted[:, :given] = False
    return smoothed_cross_entropy(model.logits(states[counted]), gold[counted], smoothing) / counted.sum()
