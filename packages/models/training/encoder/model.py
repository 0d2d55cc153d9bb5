"""The encoder, pre-norm with sinusoidal positions, and what reads words, texts or tokens off it."""

import math
from dataclasses import dataclass

import torch
from torch import nn

from neural.layers import EncoderLayer, fast_dropout, hide, sinusoidal_positions, working
from wordpiece import PAD


@dataclass(frozen=True)
class Shape:
    vocabulary: int = 6000
    width: int = 256
    inner: int = 512
    heads: int = 4
    layers: int = 4
    positions: int = 128


class Encoder(nn.Module):
    """Rows × t ids to rows × t × width states."""

    def __init__(self, shape: Shape, dropout: float = 0.0):
        super().__init__()
        self.shape, self.dropout = shape, dropout
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        layer = (shape.width, shape.heads, shape.inner, dropout)
        self.layers = nn.ModuleList(EncoderLayer(*layer) for _ in range(shape.layers))
        self.norm = nn.LayerNorm(shape.width)
        self.register_buffer("places", sinusoidal_positions(shape.positions, shape.width), persistent=False)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        mask = hide(ids == PAD)
        x = self.words(ids) * math.sqrt(self.shape.width) + self.places[: ids.shape[1]]
        x = fast_dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return self.norm(x)


class WordModel(nn.Module):
    """An encoder, and the scores of every piece at the hidden positions, by the table of pieces itself."""

    def __init__(self, shape: Shape, dropout: float = 0.0):
        super().__init__()
        self.encoder = Encoder(shape, dropout)
        self.dense, self.norm = nn.Linear(shape.width, shape.width), nn.LayerNorm(shape.width)
        self.bias = nn.Parameter(torch.zeros(shape.vocabulary))
        self.apply(_initialize)

    def forward(self, ids: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
        """Hidden positions × vocabulary."""
        states = self.encoder(ids)[hidden]
        x = self.norm(nn.functional.relu(self.dense(states)).float())
        return nn.functional.linear(working(x), self.encoder.words.weight, self.bias)


class TextModel(nn.Module):
    """An encoder, and the scores of a text's labels from the mean of its states: a layer of tanh and a classifier.

    The mean, since hiding words teaches the first token nothing, and a short pretraining leaves it as it began.
    """

    def __init__(self, shape: Shape, labels: int, dropout: float = 0.0):
        super().__init__()
        self.dropout, self.encoder = dropout, Encoder(shape, dropout)
        self.pooler, self.classifier = nn.Linear(shape.width, shape.width), nn.Linear(shape.width, labels)
        self.apply(_initialize)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Rows × labels."""
        shown = (ids != PAD)[:, :, None].float()
        mean = (self.encoder(ids) * shown).sum(dim=1) / shown.sum(dim=1)
        pooled = torch.tanh(self.pooler(mean))
        return self.classifier(fast_dropout(pooled, self.dropout, self.training))


class TokenModel(nn.Module):
    """An encoder, and the scores of the tags of each piece."""

    def __init__(self, shape: Shape, labels: int, dropout: float = 0.0):
        super().__init__()
        self.dropout, self.encoder = dropout, Encoder(shape, dropout)
        self.classifier = nn.Linear(shape.width, labels)
        self.apply(_initialize)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Rows × t × labels."""
        return self.classifier(fast_dropout(self.encoder(ids), self.dropout, self.training))


def _initialize(module: nn.Module) -> None:
    if isinstance(module, nn.Linear):
        nn.init.xavier_uniform_(module.weight)
        nn.init.zeros_(module.bias)
    if isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=module.embedding_dim**-0.5)
