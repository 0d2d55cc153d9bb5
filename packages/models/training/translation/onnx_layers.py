"""The parts of the translator as ONNX nodes; `layers.py` has them in PyTorch."""

import math
from typing import Dict, Optional, Sequence, Tuple

import numpy

from graph import Graph
from model import FIRST_POSITION, Shape

Weights = Dict[str, numpy.ndarray]


class Parts:
    """Adds a model's parts to a graph, under the names they have in PyTorch."""

    def __init__(self, graph: Graph, weights: Weights, shape: Shape):
        self.graph, self.weights, self.shape = graph, weights, shape

    def inside(self, branch: Graph) -> "Parts":
        return Parts(branch, self.weights, self.shape)

    def norm(self, x: str, name: str) -> str:
        return self.graph.layer_norm(x, name, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def linear(self, x: str, name: str) -> str:
        return self.graph.linear(x, name, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def embed(self, ids: str, start: str) -> str:
        """`start` is the position of the first id, as a vector of one."""
        graph = self.graph
        rows = graph.add("Gather", graph.weight("shared.weight", self.weights["shared.weight"]), ids)
        scaled = graph.add("Mul", rows, graph.constant(math.sqrt(self.shape.width), numpy.float32))
        first = graph.add("Add", start, graph.constant([FIRST_POSITION]))
        end = graph.add("Add", first, graph.dimension(ids, 1))
        table = graph.weight("positions", self.weights["positions"])
        return graph.add("Add", scaled, graph.add("Slice", table, first, end, graph.constant([0])))

    def project(self, x: str, name: str, first: int, last: int) -> Sequence[str]:
        """Of queries (0), keys (1), values (2) those from `first` to before `last`, each b × h × t × d / h."""
        graph, width = self.graph, self.shape.width
        rows = slice(first * width, last * width)
        weight, bias = (self.weights[f"{name}.in_proj.{kind}"][rows] for kind in ("weight", "bias"))
        y = graph.linear(x, f"{name}.in_proj.{first}-{last}", weight, bias)
        parts = graph.add("Split", y, axis=2, outputs=last - first) if last - first > 1 else [y]
        split = graph.constant([0, 0, self.shape.heads, width // self.shape.heads])
        return [graph.add("Transpose", graph.add("Reshape", part, split), perm=[0, 2, 1, 3]) for part in parts]

    def attend(self, queries: str, keys: str, values: str, mask: str, name: str) -> str:
        graph, width = self.graph, self.shape.width
        scale = graph.constant((width // self.shape.heads) ** -0.5, numpy.float32)
        turned = graph.add("Transpose", keys, perm=[0, 1, 3, 2])
        scores = graph.add("MatMul", graph.add("Mul", queries, scale), turned)
        shares = graph.add("Softmax", graph.add("Add", scores, mask), axis=-1)
        context = graph.add("Transpose", graph.add("MatMul", shares, values), perm=[0, 2, 1, 3])
        return self.linear(graph.add("Reshape", context, graph.constant([0, 0, width])), f"{name}.out_proj")

    def feed_forward(self, x: str, name: str) -> str:
        normed = self.norm(x, f"{name}.final_layer_norm")
        inner = self.graph.add("Relu", self.linear(normed, f"{name}.feed_forward.fc1"))
        return self.graph.add("Add", x, self.linear(inner, f"{name}.feed_forward.fc2"))

    def self_attention(self, x: str, name: str, mask: str, past: Optional[Tuple[str, str]] = None):
        """The new x, and the keys and values it looked at."""
        graph = self.graph
        queries, keys, values = self.project(self.norm(x, f"{name}.self_attn_layer_norm"), f"{name}.self_attn", 0, 3)
        if past:
            keys = graph.add("Concat", past[0], keys, axis=2)
            values = graph.add("Concat", past[1], values, axis=2)
        attended = self.attend(queries, keys, values, mask, f"{name}.self_attn")
        return graph.add("Add", x, attended), (keys, values)

    def hide(self, mask: str) -> str:
        """b × t of ones and zeros to b × 1 × 1 × t of 0 and -10⁴."""
        graph = self.graph
        shown = graph.add("Cast", graph.add("Unsqueeze", mask, graph.constant([1, 2])), to=1)
        hidden = graph.add("Sub", graph.constant(1, numpy.float32), shown)
        return graph.add("Mul", hidden, graph.constant(-1e4, numpy.float32))
