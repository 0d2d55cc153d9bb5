"""What models are built of. Shapes: b rows, t positions, d model width, h heads."""

import math
from typing import Optional, Sequence, Tuple

import torch
from torch import nn
from torch.nn import functional

Cache = Sequence[torch.Tensor]  # keys and values, each b × h × t × d / h


def fast_dropout(x: torch.Tensor, rate: float, training: bool) -> torch.Tensor:
    """Dropout at rate round(256 rate) / 256, from one random byte an element: four times faster on a CPU."""
    threshold = round(256 * rate)
    if not training or threshold == 0:
        return x
    if x.is_cuda:
        return functional.dropout(x, rate)
    words = torch.empty((x.numel() + 7) // 8, dtype=torch.int64).random_(-(2**63), None)
    kept = words.view(torch.uint8)[: x.numel()].view(x.shape) >= threshold
    return x * (kept.to(x.dtype) * (256 / (256 - threshold)))


def working(x: torch.Tensor) -> torch.Tensor:
    """x in the precision of products, turned once instead of before each product."""
    return x.bfloat16() if torch.is_autocast_cpu_enabled() or torch.is_autocast_enabled() else x


def sinusoidal_positions(count: int, width: int) -> torch.Tensor:
    """count × width: sines, then cosines, as M2M100 has them."""
    half = width // 2
    frequencies = torch.exp(torch.arange(half) * (-math.log(10000) / (half - 1)))
    angles = torch.arange(count)[:, None] * frequencies[None, :]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


class Attention(nn.Module):
    """softmax(QKᵀ / √(d / h)) V of h heads, with a projection before and after.

    Queries, keys and values have one matrix, 3d × d, since one large product is faster than three.
    """

    def __init__(self, width: int, heads: int):
        super().__init__()
        self.width, self.heads = width, heads
        self.in_proj, self.out_proj = nn.Linear(width, 3 * width), nn.Linear(width, width)

    def project(self, x: torch.Tensor, first: int, last: int) -> Tuple[torch.Tensor, ...]:
        """Of queries (0), keys (1), values (2) those from `first` to before `last`, each b × h × t × d / h."""
        rows = slice(first * self.width, last * self.width)
        y = functional.linear(x, self.in_proj.weight[rows], self.in_proj.bias[rows])
        y = y.view(*x.shape[:2], last - first, self.heads, self.width // self.heads)
        return y.permute(2, 0, 3, 1, 4).unbind(0)

    def forward(self, queries: torch.Tensor, cache: Cache, mask: Optional[torch.Tensor]) -> torch.Tensor:
        """`mask` is added to the scores, and broadcasts to b × h × t × keys. Returns b × t × d."""
        keys, values = cache
        scores = queries * queries.shape[-1] ** -0.5 @ keys.transpose(2, 3)
        weights = torch.softmax(scores if mask is None else scores + mask.to(scores.dtype), dim=-1)
        return self.out_proj((weights @ values).transpose(1, 2).flatten(2))


class FeedForward(nn.Module):
    """W₂ relu(W₁ x)."""

    def __init__(self, width: int, inner: int):
        super().__init__()
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.fc2(functional.relu(self.fc1(working(x))))


class EncoderLayer(nn.Module):
    """Pre-norm: x + f(norm(x)), for attention and for the feed-forward part."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float):
        super().__init__()
        self.dropout = dropout
        self.self_attn, self.self_attn_layer_norm = Attention(width, heads), nn.LayerNorm(width)
        self.feed_forward, self.final_layer_norm = FeedForward(width, inner), nn.LayerNorm(width)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        queries, *cache = self.self_attn.project(working(self.self_attn_layer_norm(x)), 0, 3)
        x = x + self.drop(self.self_attn(queries, cache, mask))
        return x + self.drop(self.feed_forward(self.final_layer_norm(x)))

    def drop(self, x: torch.Tensor) -> torch.Tensor:
        return fast_dropout(x, self.dropout, self.training)


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


def hide(hidden: torch.Tensor) -> torch.Tensor:
    """b × 1 × 1 × t to add to scores: 0 where shown, -10⁴ where hidden."""
    return hidden[:, None, None, :] * -1e4


def future(length: int, device: torch.device) -> torch.Tensor:
    """length × length: a position sees itself and those before it. For a start without a past."""
    return torch.full((length, length), -1e4, device=device).triu(1)
