"""Writing a trained encoder-decoder as the Hub has M2M100."""

from pathlib import Path
from typing import Any, Dict

from .encoder_decoder import EncoderDecoder, Shape
from .export import numpy_weights, write_graphs
from .onnx_encoder_decoder import decoder_model, encoder_model
from .vocabulary import END, PAD, START


def config(shape: Shape) -> Dict[str, Any]:
    """As transformers has it for M2M100; `transformers.js_config` makes the shipped files the default."""
    return {
        "model_type": "m2m_100",
        "architectures": ["M2M100ForConditionalGeneration"],
        "is_encoder_decoder": True,
        "vocab_size": shape.vocabulary,
        "d_model": shape.width,
        "encoder_layers": shape.encoder_layers,
        "decoder_layers": shape.decoder_layers,
        "encoder_attention_heads": shape.heads,
        "decoder_attention_heads": shape.heads,
        "encoder_ffn_dim": shape.inner,
        "decoder_ffn_dim": shape.inner,
        "max_position_embeddings": shape.positions,
        "activation_function": "relu",
        "scale_embedding": True,
        "tie_word_embeddings": True,
        **token_ids(),
        "transformers.js_config": {"dtype": "q8"},
    }


def token_ids() -> Dict[str, int]:
    return {"bos_token_id": START, "pad_token_id": PAD, "eos_token_id": END, "decoder_start_token_id": END}


def write_model(model: EncoderDecoder, folder: Path) -> None:
    """onnx/encoder_model.onnx and onnx/decoder_model_merged.onnx, and each with `_quantized`."""
    weights, shape = {**numpy_weights(model), "positions": model.positions.cpu().numpy()}, model.shape
    graphs = {"encoder_model": encoder_model(weights, shape), "decoder_model_merged": decoder_model(weights, shape)}
    write_graphs(graphs, folder)
