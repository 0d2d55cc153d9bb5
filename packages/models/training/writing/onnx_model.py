"""The writer as an ONNX model, with the inputs and outputs of the Hub's exports of decoders."""

import onnx
from onnx import TensorProto

from model import Shape
from neural.graph import Graph
from neural.onnx_layers import Parts, Weights

INT, FLOAT = TensorProto.INT64, TensorProto.FLOAT


def writer_model(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """One graph for the first step, with an empty past, and for those after it."""
    graph = Graph("writer")
    parts = Parts(graph, weights, shape)
    ids = graph.input("input_ids", INT, ["batch_size", "sequence_length"])
    hidden = parts.hide(graph.input("attention_mask", INT, ["batch_size", "total_sequence_length"]))
    positions = graph.input("position_ids", INT, ["batch_size", "sequence_length"])
    past = [_past(graph, shape, i) for i in range(shape.layers)]
    mask = graph.add("Add", hidden, parts.future(ids, graph.dimension(past[0][0], 2)))
    x = graph.add("Add", _rows(parts, "embedding.weight", ids), _rows(parts, "positions.weight", positions))
    present = []
    for i in range(shape.layers):
        x, cache = parts.self_attention(x, f"layers.{i}", mask, past[i])
        x = parts.feed_forward(x, f"layers.{i}")
        present.append(cache)
    table = graph.add("Transpose", "embedding.weight", perm=[1, 0])
    logits = graph.add("MatMul", parts.norm(x, "norm"), table)
    graph.output(logits, "logits", ["batch_size", "sequence_length", shape.vocabulary])
    for i, cache in enumerate(present):
        for kind, value in zip(("key", "value"), cache):
            graph.output(value, f"present.{i}.{kind}", _cache_shape(shape, "total_sequence_length"))
    return graph.model()


def _rows(parts: Parts, name: str, ids: str) -> str:
    return parts.graph.add("Gather", parts.graph.weight(name, parts.weights[name]), ids)


def _cache_shape(shape: Shape, length: str):
    return ["batch_size", shape.heads, length, shape.width // shape.heads]


def _past(graph: Graph, shape: Shape, layer: int):
    dimensions = _cache_shape(shape, "past_sequence_length")
    return tuple(graph.input(f"past_key_values.{layer}.{kind}", FLOAT, dimensions) for kind in ("key", "value"))
