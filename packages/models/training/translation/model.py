"""The translator: both directions in one encoder-decoder."""

from dataclasses import dataclass

from neural import encoder_decoder


@dataclass(frozen=True)
class Shape(encoder_decoder.Shape):
    vocabulary: int = 4000
    width: int = 256
    inner: int = 1024
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 3
    positions: int = 256


class Translator(encoder_decoder.EncoderDecoder):
    """English to French where the target starts with FRENCH, and the other way where it starts with ENGLISH."""
