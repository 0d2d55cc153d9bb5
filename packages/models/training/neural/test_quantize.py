import unittest

import numpy
from onnx import TensorProto, helper, numpy_helper

from .quantize import ZERO, quantize_model, quantize_rows


def model_of(nodes, weights, inputs):
    output = helper.make_tensor_value_info("y", TensorProto.FLOAT, [None, None])
    graph = helper.make_graph(nodes, "graph", inputs, [output])
    graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in weights.items())
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


class Quantizing(unittest.TestCase):
    def setUp(self):
        self.weight = numpy.random.default_rng(1).normal(size=(6, 4)).astype(numpy.float32)
        self.x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [None, 6])
        self.ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [None])

    def test_no_weight_moves_by_more_than_half_a_step(self):
        quantized, scales = quantize_rows(self.weight)
        self.assertEqual(quantized.dtype, numpy.uint8)
        restored = (quantized.astype(numpy.float32) - ZERO) * scales[:, None]
        self.assertTrue((numpy.abs(restored - self.weight) <= scales[:, None] / 2 + 1e-7).all())

    def test_a_row_of_zeros_stays_zero(self):
        quantized, scales = quantize_rows(numpy.zeros((1, 3), numpy.float32))
        self.assertTrue((quantized == ZERO).all() and numpy.isfinite(scales).all())

    def test_a_matrix_becomes_bytes_with_a_scale_for_each_column(self):
        made = quantize_model(model_of([helper.make_node("MatMul", ["x", "w"], ["y"])], {"w": self.weight}, [self.x]))
        kinds = [node.op_type for node in made.graph.node]
        self.assertEqual(kinds, ["DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul"])
        stored = {w.name: numpy_helper.to_array(w) for w in made.graph.initializer}
        self.assertNotIn("w", stored)
        self.assertEqual(stored["w.bytes"].shape, (6, 4))
        numpy.testing.assert_allclose(stored["w.bytes.scales"], numpy.abs(self.weight).max(axis=0) / 127, rtol=1e-6)

    def test_a_table_that_is_also_the_output_matrix_is_stored_once(self):
        nodes = [
            helper.make_node("Gather", ["w", "ids"], ["rows"]),
            helper.make_node("Transpose", ["w"], ["turned"], perm=[1, 0]),
            helper.make_node("MatMul", ["rows", "turned"], ["y"]),
        ]
        made = quantize_model(model_of(nodes, {"w": self.weight}, [self.ids]))
        self.assertEqual(sum(len(w.dims) == 2 for w in made.graph.initializer), 1)

    def test_products_of_two_activations_stay_as_they_are(self):
        made = quantize_model(model_of([helper.make_node("MatMul", ["x", "x"], ["y"])], {}, [self.x]))
        self.assertEqual([node.op_type for node in made.graph.node], ["MatMul"])


if __name__ == "__main__":
    unittest.main()
