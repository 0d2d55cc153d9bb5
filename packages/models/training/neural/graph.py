"""A small builder of ONNX graphs: each method adds nodes and returns the name of their result."""

from typing import Dict, List, Optional, Sequence

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 17


class Graph:
    """Holds nodes, inputs, outputs and weights until `model()` joins them.

    A graph made with `inside` is a branch: it sees the weights of the one around it, and adds to those.
    """

    def __init__(self, name: str, inside: Optional["Graph"] = None):
        self.name, self.nodes, self.inputs, self.outputs = name, [], [], []
        self.weights: Dict[str, numpy.ndarray] = inside.weights if inside else {}
        self.counter: List[int] = inside.counter if inside else [0]

    def input(self, name: str, kind: int, shape: Sequence) -> str:
        self.inputs.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def output(self, value: str, name: str, shape: Sequence) -> None:
        self.nodes.append(helper.make_node("Identity", [value], [name]))
        self.outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, shape))

    def weight(self, name: str, value: numpy.ndarray) -> str:
        """The same name is stored once, however often it is asked for."""
        self.weights[name] = numpy.ascontiguousarray(value)
        return name

    def constant(self, value, dtype=numpy.int64) -> str:
        array = numpy.asarray(value, dtype)
        return self.weight(f"constant_{array.dtype}_{array.tolist()}", array)

    def add(self, kind: str, *inputs: str, outputs: int = 1, **attributes):
        self.counter[0] += 1
        names = [f"{kind}_{self.counter[0]}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **attributes))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, name: str, weight: numpy.ndarray, bias: numpy.ndarray) -> str:
        """x Wᵀ + b, with W as PyTorch has it: outputs × inputs."""
        product = self.add("MatMul", x, self.weight(f"{name}.weight", weight.T))
        return self.add("Add", product, self.weight(f"{name}.bias", bias))

    def layer_norm(self, x: str, name: str, weight: numpy.ndarray, bias: numpy.ndarray) -> str:
        scale, shift = self.weight(f"{name}.weight", weight), self.weight(f"{name}.bias", bias)
        return self.add("LayerNormalization", x, scale, shift, axis=-1, epsilon=1e-5)

    def dimension(self, x: str, axis: int) -> str:
        """The size of an axis, as a vector of one."""
        return self.add("Shape", x, start=axis, end=axis + 1)

    def build(self) -> onnx.GraphProto:
        """Without weights: for a branch."""
        return helper.make_graph(self.nodes, self.name, self.inputs, self.outputs)

    def model(self) -> onnx.ModelProto:
        graph = self.build()
        graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in self.weights.items())
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="bifocal")
        made.ir_version = 8
        onnx.checker.check_model(made)
        return made
