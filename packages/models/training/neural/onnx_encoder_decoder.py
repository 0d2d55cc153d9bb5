"""The encoder and the merged decoder as ONNX models, with the inputs and outputs of the Hub's exports."""

import math

import numpy
import onnx
from onnx import TensorProto

from . import onnx_layers
from .encoder_decoder import FIRST_POSITION, Shape
from .graph import Graph
from .onnx_layers import Weights

INT, FLOAT, BOOL = TensorProto.INT64, TensorProto.FLOAT, TensorProto.BOOL


class Parts(onnx_layers.Parts):
    """The shared parts, and the embedding with sinusoidal positions."""

    def embed(self, ids: str, start: str) -> str:
        """`start` is the position of the first id, as a vector of one."""
        graph = self.graph
        rows = graph.add("Gather", graph.weight("shared.weight", self.weights["shared.weight"]), ids)
        scaled = graph.add("Mul", rows, graph.constant(math.sqrt(self.shape.width), numpy.float32))
        first = graph.add("Add", start, graph.constant([FIRST_POSITION]))
        end = graph.add("Add", first, graph.dimension(ids, 1))
        table = graph.weight("positions", self.weights["positions"])
        return graph.add("Add", scaled, graph.add("Slice", table, first, end, graph.constant([0])))


def encoder_model(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """input_ids, attention_mask → last_hidden_state."""
    graph = Graph("encoder")
    parts = Parts(graph, weights, shape)
    ids = graph.input("input_ids", INT, ["batch_size", "encoder_sequence_length"])
    mask = parts.hide(graph.input("attention_mask", INT, ["batch_size", "encoder_sequence_length"]))
    x = parts.embed(ids, graph.constant([0]))
    for i in range(shape.encoder_layers):
        x, _ = parts.self_attention(x, f"encoder.{i}", mask)
        x = parts.feed_forward(x, f"encoder.{i}")
    states = parts.norm(x, "encoder_norm")
    graph.output(states, "last_hidden_state", ["batch_size", "encoder_sequence_length", shape.width])
    return graph.model()


def decoder_model(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """One graph for the first step and for those after it.

    Past keys and values of the target are always read (none, at first). Those of the source are computed
    where `use_cache_branch` is false, and taken from the past where it is true.
    """
    graph = Graph("decoder")
    parts = Parts(graph, weights, shape)
    source_mask = parts.hide(graph.input("encoder_attention_mask", INT, ["batch_size", "encoder_sequence_length"]))
    ids = graph.input("input_ids", INT, ["batch_size", "decoder_sequence_length"])
    states = graph.input("encoder_hidden_states", FLOAT, ["batch_size", "encoder_sequence_length", shape.width])
    sides = ("decoder", "encoder")
    past = [[_cache_input(graph, shape, i, side) for side in sides] for i in range(shape.decoder_layers)]
    cached = graph.input("use_cache_branch", BOOL, [1])
    source = _source_caches(parts, states, [encoder for _, encoder in past], cached)
    start = graph.dimension(past[0][0][0], 2)
    x, mask = parts.embed(ids, start), parts.future(ids, start)
    present = []
    for i in range(shape.decoder_layers):
        x, cache = parts.self_attention(x, f"decoder.{i}", mask, past[i][0])
        x = _read_source(parts, x, f"decoder.{i}", source[2 * i : 2 * i + 2], source_mask)
        x = parts.feed_forward(x, f"decoder.{i}")
        present.append([cache, source[2 * i : 2 * i + 2]])
    table = graph.add("Transpose", "shared.weight", perm=[1, 0])
    logits = graph.add("MatMul", parts.norm(x, "decoder_norm"), table)
    graph.output(logits, "logits", ["batch_size", "decoder_sequence_length", shape.vocabulary])
    _cache_outputs(graph, shape, present)
    return graph.model()


def _cache_shape(shape: Shape, side: str, prefix: str):
    length = f"{prefix}{side}_sequence_length"
    return ["batch_size", shape.heads, length, shape.width // shape.heads]


def _cache_input(graph: Graph, shape: Shape, layer: int, side: str):
    dimensions = _cache_shape(shape, side, "past_")
    return tuple(graph.input(f"past_key_values.{layer}.{side}.{kind}", FLOAT, dimensions) for kind in ("key", "value"))


def _cache_outputs(graph: Graph, shape: Shape, present) -> None:
    for layer, caches in enumerate(present):
        for side, cache in zip(("decoder", "encoder"), caches):
            for kind, value in zip(("key", "value"), cache):
                graph.output(value, f"present.{layer}.{side}.{kind}", _cache_shape(shape, side, "present_"))


def _source_caches(parts: Parts, states: str, past, cached: str):
    """Keys and values of the source for each layer, in a row."""
    graph = parts.graph
    reused, computed = Graph("reused", graph), Graph("computed", graph)
    for layer, cache in enumerate(past):
        made = parts.inside(computed).project(states, f"decoder.{layer}.encoder_attn", 1, 3)
        for kind, old, new in zip(("key", "value"), cache, made):
            dimensions = _cache_shape(parts.shape, "encoder", "branch_")
            reused.output(old, f"reused.{layer}.{kind}", dimensions)
            computed.output(new, f"computed.{layer}.{kind}", dimensions)
    branches = {"then_branch": reused.build(), "else_branch": computed.build()}
    return graph.add("If", cached, outputs=2 * len(past), **branches)


def _read_source(parts: Parts, x: str, name: str, cache, mask: str) -> str:
    normed = parts.norm(x, f"{name}.encoder_attn_layer_norm")
    (queries,) = parts.project(normed, f"{name}.encoder_attn", 0, 1)
    return parts.graph.add("Add", x, parts.attend(queries, *cache, mask, f"{name}.encoder_attn"))
