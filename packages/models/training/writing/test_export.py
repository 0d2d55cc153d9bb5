import tempfile
import unittest
from pathlib import Path

import numpy
import torch

from byte_pairs import END, FIRST_MERGE, BytePairs, learn_merges
from export import write_files, write_model
from model import Shape, Writer
from neural.layers import future
from neural.node import AVAILABLE, MISSING, array, node, run_session, tensor

FIXTURE = Path(__file__).parent / "write-fixture.mjs"
TEXTS = [f"In {n} days the prince’s {m} soldiers will march, café." for n in range(9) for m in range(9)]


@unittest.skipUnless(AVAILABLE, MISSING)
class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name) / "writer"
        torch.manual_seed(3)
        cls.pieces = BytePairs(learn_merges(TEXTS, FIRST_MERGE + 30))
        shape = Shape(vocabulary=FIRST_MERGE + 30, width=32, inner=64, heads=2, layers=2, positions=64)
        cls.model = _lively(Writer(shape)).eval()
        write_model(cls.model, cls.folder)
        write_files(shape, cls.pieces, cls.folder)
        cls.ids = torch.tensor([[END, 7, 8, 9, 260], [END, 270, 9, 10, 11]])

    def session(self, feeds: dict, name: str = "model") -> dict:
        (result,) = run_session(self.folder / f"onnx/{name}.onnx", [feeds])
        return result

    def feeds(self, ids: torch.Tensor, past: dict, mask: torch.Tensor, positions: torch.Tensor) -> dict:
        """An empty past is that of the first step."""
        shape = self.model.shape
        empty = {"type": "float32", "dims": [2, shape.heads, 0, shape.width // shape.heads], "data": []}
        names = [f"{i}.{kind}" for i in range(shape.layers) for kind in ("key", "value")]
        return {
            "input_ids": tensor(ids),
            "attention_mask": tensor(mask),
            "position_ids": tensor(positions),
            **{f"past_key_values.{n}": {"type": "float32", **past[f"present.{n}"]} if past else empty for n in names},
        }

    def plain(self, first: int, last: int, past: dict) -> dict:
        positions = torch.arange(first, last).expand(2, -1)
        return self.feeds(self.ids[:, first:last], past, torch.ones(2, last, dtype=torch.int64), positions)

    @torch.no_grad()
    def expected(self, ids: torch.Tensor) -> numpy.ndarray:
        width = ids.shape[1]
        states, _ = self.model(ids, torch.arange(width).expand(len(ids), -1), future(width, ids.device))
        return self.model.logits(states).numpy()

    def test_the_logits_are_those_of_pytorch_at_once(self):
        found = self.session(self.plain(0, 5, {}))
        numpy.testing.assert_allclose(array(found["logits"]), self.expected(self.ids), atol=1e-4)

    def test_the_logits_are_those_of_pytorch_step_by_step(self):
        past, logits = {}, []
        for first, last in ((0, 2), (2, 3), (3, 5)):
            past = self.session(self.plain(first, last, past))
            logits.append(array(past["logits"]))
        numpy.testing.assert_allclose(numpy.concatenate(logits, axis=1), self.expected(self.ids), atol=1e-4)

    def test_padding_on_the_left_changes_nothing(self):
        padded = torch.cat([torch.full((2, 3), END), self.ids], dim=1)
        mask = torch.tensor([[0, 0, 0, 1, 1, 1, 1, 1]] * 2)
        positions = (mask.cumsum(1) - 1).clamp_min(1)
        positions[:, 3:] = torch.arange(5)
        found = array(self.session(self.feeds(padded, {}, mask, positions))["logits"])
        numpy.testing.assert_allclose(found[:, 3:], self.expected(self.ids), atol=1e-4)

    def test_bytes_change_the_logits_little(self):
        expected = self.expected(self.ids)
        found = array(self.session(self.plain(0, 5, {}), "model_quantized")["logits"])
        self.assertLess(numpy.abs(found - expected).max(), 0.05 * numpy.abs(expected).max())
        self.assertGreater(numpy.abs(found - expected).max(), 0)

    def test_the_hubs_library_cuts_and_writes_as_pytorch_does(self):
        texts = ["In 5 days the prince’s", "  Café_12… ’tis\n\n日本² ", "the soldiers"]
        found = node(FIXTURE, str(self.folder), "fp32", stdin=texts)
        framed = [[END, *self.pieces.encode(text)] for text in texts]
        self.assertEqual(found["ids"], framed)
        expected = [self.greedy(ids) for ids in framed]
        self.assertEqual(len(set(expected)), len(texts))
        self.assertEqual(found["written"], expected)

    def greedy(self, ids: list) -> str:
        written = list(ids)
        while len(written) < len(ids) + 12:
            written.append(int(self.expected(torch.tensor([written]))[0, -1].argmax()))
            if written[-1] == END:
                break
        return self.pieces.decode([i for i in written[len(ids) :] if i != END])


def _lively(model: Writer) -> Writer:
    """Random biases and norms too, so that none can be missed, and matrices that move the logits."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(0.2 * torch.randn_like(parameter))
    return model


if __name__ == "__main__":
    unittest.main()
