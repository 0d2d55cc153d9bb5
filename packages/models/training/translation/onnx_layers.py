"""The translator's own parts as ONNX nodes; `layers.py` and `model.py` have them in PyTorch."""

import math

import numpy

import neural.onnx_layers
from model import FIRST_POSITION


class Parts(neural.onnx_layers.Parts):
    """The shared parts, the embedding with sinusoidal positions, and the feed-forward part."""

    def embed(self, ids: str, start: str) -> str:
        """`start` is the position of the first id, as a vector of one."""
        graph = self.graph
        rows = graph.add("Gather", graph.weight("shared.weight", self.weights["shared.weight"]), ids)
        scaled = graph.add("Mul", rows, graph.constant(math.sqrt(self.shape.width), numpy.float32))
        first = graph.add("Add", start, graph.constant([FIRST_POSITION]))
        end = graph.add("Add", first, graph.dimension(ids, 1))
        table = graph.weight("positions", self.weights["positions"])
        return graph.add("Add", scaled, graph.add("Slice", table, first, end, graph.constant([0])))

    def feed_forward(self, x: str, name: str) -> str:
        normed = self.norm(x, f"{name}.final_layer_norm")
        inner = self.graph.add("Relu", self.linear(normed, f"{name}.feed_forward.fc1"))
        return self.graph.add("Add", x, self.linear(inner, f"{name}.feed_forward.fc2"))
