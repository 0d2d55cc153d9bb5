"""Dynamic 8-bit quantization of an ONNX model: weights once, by column; activations at each call, by tensor.

A weight w of column c is stored as the byte round(w / sᶜ) + 128, with sᶜ = max |w| / 127. Bytes are unsigned since
products of unsigned by signed bytes overflow on processors without VNNI, silently.
"""

from typing import Dict, List, Set, Tuple

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

ZERO = 128


def quantize_rows(weight: numpy.ndarray) -> Tuple[numpy.ndarray, numpy.ndarray]:
    """Bytes of the same shape, and a scale for each row of the matrix."""
    scales = numpy.maximum(numpy.abs(weight).max(axis=1), 1e-12) / 127
    quantized = numpy.rint(weight / scales[:, None]) + ZERO
    return quantized.astype(numpy.uint8), scales.astype(numpy.float32)


def quantize_model(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy in which MatMul and Gather read their matrices as bytes, in branches too."""
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    Quantizer(copy.graph).run()
    onnx.checker.check_model(copy)
    return copy


class Quantizer:
    """Rewrites one graph. Holds its matrices, and the bytes and scales that replace them."""

    def __init__(self, graph: onnx.GraphProto):
        self.graph = graph
        self.matrices = {w.name: numpy_helper.to_array(w) for w in graph.initializer if _is_matrix(w)}
        turned = [n for n in graph.node if n.op_type == "Transpose" and n.input[0] in self.matrices]
        self.transposes = {node.output[0]: node for node in turned}
        self.added: Dict[str, numpy.ndarray] = {"quantized.zero": numpy.array(ZERO, numpy.uint8)}

    def run(self) -> None:
        self.rewrite(self.graph)
        used = _names_read(self.graph)
        kept = [w for w in self.graph.initializer if w.name in used]
        del self.graph.initializer[:]
        self.graph.initializer.extend(kept)
        self.graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in self.added.items())

    def rewrite(self, graph: onnx.GraphProto) -> None:
        nodes: List[onnx.NodeProto] = []
        activations: Set[str] = set()
        for node in graph.node:
            for attribute in node.attribute:
                if attribute.type == onnx.AttributeProto.GRAPH:
                    self.rewrite(attribute.g)
            nodes.extend(self.replacement(node, activations, graph.name))
        del graph.node[:]
        graph.node.extend(nodes)

    def replacement(self, node: onnx.NodeProto, activations: Set[str], scope: str) -> List[onnx.NodeProto]:
        if node.op_type == "MatMul" and (node.input[1] in self.matrices or node.input[1] in self.transposes):
            return self.product(node, activations, scope)
        if node.op_type == "Gather" and node.input[0] in self.matrices:
            return self.rows(node)
        if node.op_type == "Transpose" and node.output[0] in self.transposes:
            return [helper.make_node("Transpose", [self.stored(node.input[0], 0)], list(node.output), perm=[1, 0])]
        return [node]

    def stored(self, name: str, axis: int) -> str:
        """The name of the bytes; their scales, one for each index of `axis`, have that name with `.scales`."""
        quantized = f"{name}.bytes"
        if quantized not in self.added:
            weight = self.matrices[name]
            values, scales = quantize_rows(weight if axis == 0 else weight.T)
            self.added[quantized] = numpy.ascontiguousarray(values if axis == 0 else values.T)
            self.added[f"{quantized}.scales"] = scales
        return quantized

    def product(self, node: onnx.NodeProto, activations: Set[str], scope: str) -> List[onnx.NodeProto]:
        """x W as float(x₈ W₈) · (sˣ · sᵂ); x is turned to bytes once, however many products read it."""
        x, right, y = node.input[0], node.input[1], node.output[0]
        turned = right in self.transposes
        weight = self.stored(self.transposes[right].input[0] if turned else right, 0 if turned else 1)
        x8, scale, zero = (f"{x}.{scope}.{part}" for part in ("bytes", "scale", "zero"))
        nodes = [] if x in activations else [helper.make_node("DynamicQuantizeLinear", [x], [x8, scale, zero])]
        activations.add(x)
        inputs = [x8, right if turned else weight, zero, "quantized.zero"]
        return [
            *nodes,
            helper.make_node("MatMulInteger", inputs, [f"{y}.integers"]),
            helper.make_node("Cast", [f"{y}.integers"], [f"{y}.floats"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [scale, f"{weight}.scales"], [f"{y}.scales"]),
            helper.make_node("Mul", [f"{y}.floats", f"{y}.scales"], [y]),
        ]

    def rows(self, node: onnx.NodeProto) -> List[onnx.NodeProto]:
        """Rows of a table, each times its scale."""
        weight, ids, y = self.stored(node.input[0], 0), node.input[1], node.output[0]
        self.added["quantized.offset"] = numpy.array(ZERO, numpy.float32)
        self.added["quantized.last"] = numpy.array([-1], numpy.int64)
        return [
            helper.make_node("Gather", [weight, ids], [f"{y}.rows"]),
            helper.make_node("Cast", [f"{y}.rows"], [f"{y}.floats"], to=TensorProto.FLOAT),
            helper.make_node("Sub", [f"{y}.floats", "quantized.offset"], [f"{y}.centred"]),
            helper.make_node("Gather", [f"{weight}.scales", ids], [f"{y}.scale"]),
            helper.make_node("Unsqueeze", [f"{y}.scale", "quantized.last"], [f"{y}.scales"]),
            helper.make_node("Mul", [f"{y}.centred", f"{y}.scales"], [y]),
        ]


def _is_matrix(weight: onnx.TensorProto) -> bool:
    return len(weight.dims) == 2 and weight.data_type == TensorProto.FLOAT


def _names_read(graph: onnx.GraphProto) -> Set[str]:
    names = {name for node in graph.node for name in node.input}
    branches = [a.g for node in graph.node for a in node.attribute if a.type == onnx.AttributeProto.GRAPH]
    return names.union(*map(_names_read, branches))
