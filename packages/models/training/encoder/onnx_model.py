"""The encoder with what reads off it as one ONNX model, with the inputs and outputs of the Hub's exports."""

import math

import numpy
import onnx
from onnx import TensorProto

from model import Shape
from neural.graph import Graph
from neural.layers import sinusoidal_positions
from neural.onnx_layers import Parts, Weights

INT = TensorProto.INT64
AXES = ["batch_size", "sequence_length"]


class EncoderParts(Parts):
    """Adds the parts of `model.py` to a graph."""

    def embed(self, ids: str) -> str:
        graph = self.graph
        rows = graph.add("Gather", graph.weight("words", self.weights["encoder.words.weight"]), ids)
        scaled = graph.add("Mul", rows, graph.constant(math.sqrt(self.shape.width), numpy.float32))
        table = graph.weight("places", sinusoidal_positions(self.shape.positions, self.shape.width).numpy())
        places = graph.add("Slice", table, graph.constant([0]), graph.dimension(ids, 1), graph.constant([0]))
        return graph.add("Add", scaled, places)

    def states(self) -> str:
        """input_ids, attention_mask → rows × t × width."""
        ids = self.graph.input("input_ids", INT, AXES)
        mask = self.hide(self.graph.input("attention_mask", INT, AXES))
        x = self.embed(ids)
        for i in range(self.shape.layers):
            x, _ = self.self_attention(x, f"encoder.layers.{i}", mask)
            x = self.feed_forward(x, f"encoder.layers.{i}")
        return self.norm(x, "encoder.norm")

    def mean(self, states: str) -> str:
        """Of the states where the mask shows text: rows × width."""
        graph = self.graph
        second, last = graph.constant([1]), graph.constant([2])
        shown = graph.add("Cast", graph.add("Unsqueeze", "attention_mask", last), to=TensorProto.FLOAT)
        total = graph.add("ReduceSum", graph.add("Mul", states, shown), second, keepdims=0)
        return graph.add("Div", total, graph.add("ReduceSum", shown, second, keepdims=0))


def text_model(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """→ logits, rows × labels."""
    graph = Graph("text-classifier")
    parts = EncoderParts(graph, weights, shape)
    pooled = graph.add("Tanh", parts.linear(parts.mean(parts.states()), "pooler"))
    graph.output(parts.linear(pooled, "classifier"), "logits", [AXES[0], len(weights["classifier.bias"])])
    return graph.model()


def token_model(weights: Weights, shape: Shape) -> onnx.ModelProto:
    """→ logits, rows × t × labels."""
    graph = Graph("token-classifier")
    parts = EncoderParts(graph, weights, shape)
    graph.output(parts.linear(parts.states(), "classifier"), "logits", [*AXES, len(weights["classifier.bias"])])
    return graph.model()
