"""The summarizer: an encoder-decoder from an abstract to one line."""

from dataclasses import dataclass

from neural import encoder_decoder


@dataclass(frozen=True)
class Shape(encoder_decoder.Shape):
    vocabulary: int = 3000
    width: int = 192
    inner: int = 768
    heads: int = 4
    encoder_layers: int = 3
    decoder_layers: int = 3
    positions: int = 256
