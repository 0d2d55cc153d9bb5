"""Parts of models as ONNX nodes; `layers.py` has them in PyTorch."""

from typing import Dict, Optional, Protocol, Sequence, Tuple

import numpy

from .graph import Graph

Weights = Dict[str, numpy.ndarray]


class Shape(Protocol):
    """All that attention must know of a model's shape."""

    width: int
    heads: int


class Parts:
    """Adds a model's parts to a graph, under the names they have in PyTorch."""

    def __init__(self, graph: Graph, weights: Weights, shape: Shape):
        self.graph, self.weights, self.shape = graph, weights, shape

    def inside(self, branch: Graph) -> "Parts":
        return type(self)(branch, self.weights, self.shape)

    def norm(self, x: str, name: str) -> str:
        return self.graph.layer_norm(x, name, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

    def linear(self, x: str, name: str) -> str:
        return self.graph.linear(x, name, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"])

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

    def self_attention(self, x: str, name: str, mask: str, past: Optional[Tuple[str, str]] = None):
        """The new x, and the keys and values it looked at."""
        graph = self.graph
        queries, keys, values = self.project(self.norm(x, f"{name}.self_attn_layer_norm"), f"{name}.self_attn", 0, 3)
        if past:
            keys = graph.add("Concat", past[0], keys, axis=2)
            values = graph.add("Concat", past[1], values, axis=2)
        attended = self.attend(queries, keys, values, mask, f"{name}.self_attn")
        return graph.add("Add", x, attended), (keys, values)

    def feed_forward(self, x: str, name: str) -> str:
        normed = self.norm(x, f"{name}.final_layer_norm")
        inner = self.graph.add("Relu", self.linear(normed, f"{name}.feed_forward.fc1"))
        return self.graph.add("Add", x, self.linear(inner, f"{name}.feed_forward.fc2"))

    def hide(self, mask: str) -> str:
        """b × t of ones and zeros to b × 1 × 1 × t of 0 and -10⁴."""
        graph = self.graph
        shown = graph.add("Cast", graph.add("Unsqueeze", mask, graph.constant([1, 2])), to=1)
        hidden = graph.add("Sub", graph.constant(1, numpy.float32), shown)
        return graph.add("Mul", hidden, graph.constant(-1e4, numpy.float32))

    def future(self, ids: str, start: str) -> str:
        """New positions × all positions: -10⁴ where the column comes after the row."""
        graph = self.graph
        zero, one = graph.constant(0), graph.constant(1)
        end = graph.add("Squeeze", graph.add("Add", start, graph.dimension(ids, 1)))
        columns = graph.add("Range", zero, end, one)
        rows = graph.add("Unsqueeze", graph.add("Range", graph.add("Squeeze", start), end, one), graph.constant([1]))
        later = graph.add("Cast", graph.add("Greater", columns, rows), to=1)
        return graph.add("Mul", later, graph.constant(-1e4, numpy.float32))
