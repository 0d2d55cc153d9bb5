import tempfile
import unittest
from pathlib import Path

import numpy
import torch

from examples import make_batch, text_example
from export import GRAPHS, write_model
from model import Shape
from neural.node import AVAILABLE, MISSING, array, node, run_session, tensor
from settings import FinetuningSettings
from taught import TAUGHT
from wordpiece import END, PAD, START, WordPieces, learn_pieces

TEXTS = ["Ada saw 2 red cats in Turin.", "don't  stop (the café\u2026) \u201cnow\u201d!", "\u4f60\u597d Ada\u200b"]
FIXTURE = Path(__file__).with_name("classify-fixture.mjs")


@unittest.skipUnless(AVAILABLE, MISSING)
class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        torch.manual_seed(1)
        cls.root, cls.pieces = Path(folder.name), learn_pieces([TEXTS] * 120, 150, rarest=1)
        cls.models = {task: cls.write(task) for task in GRAPHS}

    @classmethod
    def write(cls, task: str):
        shape = Shape(vocabulary=len(cls.pieces), width=32, inner=64, heads=2, layers=2, positions=64)
        model = _lively(TAUGHT[task].task(FinetuningSettings(shape=shape)).model(0.0)).eval()
        write_model(model, task, cls.pieces, cls.root / task)
        return model

    def ids(self, task: str) -> list:
        words = WordPieces(self.pieces, lowercase=TAUGHT[task].lowercase)
        return [text_example(words, text, 0, 64).ids for text in TEXTS]

    @torch.no_grad()
    def compared(self, task: str, name: str):
        """Logits of the ONNX file and of PyTorch, at the positions that hold text."""
        batch = make_batch([text_example(WordPieces(self.pieces), text, 0, 64) for text in TEXTS])
        shown = batch.ids != PAD
        feeds = {"input_ids": tensor(batch.ids), "attention_mask": tensor(shown.long())}
        (result,) = run_session(self.root / task / "onnx" / f"{name}.onnx", [feeds])
        found, expected = array(result["logits"]), self.models[task](batch.ids).numpy()
        return (found[shown.numpy()], expected[shown.numpy()]) if found.ndim == 3 else (found, expected)

    def test_the_graphs_give_the_logits_of_pytorch(self):
        for task in GRAPHS:
            numpy.testing.assert_allclose(*self.compared(task, "model"), atol=1e-4)

    def test_bytes_change_the_logits_little(self):
        for task in GRAPHS:
            found, expected = self.compared(task, "model_quantized")
            difference = numpy.abs(found - expected).max()
            self.assertGreater(difference, 0)
            self.assertLess(difference, 0.1 * numpy.abs(expected).max())

    def test_the_hubs_library_cuts_texts_as_we_do_and_gives_the_same_scores(self):
        for task, kind in (("sentiment", "text-classification"), ("entities", "token-classification")):
            found = node(FIXTURE, str(self.root / task), kind, stdin=TEXTS)
            self.assertEqual(found["ids"], self.ids(task))
            for text, scored in zip(self.ids(task), found["scores"]):
                numpy.testing.assert_allclose(scored, self.expected(task, text), atol=1e-3)

    @torch.no_grad()
    def expected(self, task: str, ids: list) -> list:
        """The best probability of the text, or of each piece that is not special."""
        best = torch.softmax(self.models[task](torch.tensor([ids])), dim=-1).max(dim=-1).values[0]
        special = torch.tensor([i in (START, END) for i in ids])
        return [best.item()] if best.dim() == 0 else best[~special].tolist()


def _lively(model: torch.nn.Module) -> torch.nn.Module:
    """Random biases and norms too, so that none can be missed."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(0.2 * torch.randn_like(parameter))
    return model


if __name__ == "__main__":
    unittest.main()
