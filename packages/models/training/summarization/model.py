"""The summarizer: an encoder-decoder from an abstract to one line."""

from dataclasses import dataclass

from neural import encoder_decoder


@dataclass(frozen=True)
class Shape(encoder_decoder.Shape):
    vocabulary: int = 3000
    width: int = 128
    inner: int = 512
    heads: int = 4
    encoder_layers: int = 2
    decoder_layers: int = 2
    positions: int = 256
