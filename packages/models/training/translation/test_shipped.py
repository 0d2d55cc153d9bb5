import tempfile
import unittest
from pathlib import Path

import torch

from export import write_files, write_model
from model import Shape, Translator
from shipped import check_vocabulary, read_weights, weights_digest
from vocabulary import load_vocabulary

TEXTS = [f"I see {n} red cats and {m} dogs. Je vois l'eau !" for n in range(9) for m in range(9)]
SHAPE = Shape(vocabulary=35, width=32, inner=64, heads=2, encoder_layers=2, decoder_layers=2, positions=64)


class Shipped(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        torch.manual_seed(1)
        self.model = Translator(SHAPE)
        write_model(self.model, self.folder)

    def test_weights_come_back_as_near_as_bytes_allow(self):
        read = read_weights(self.folder, SHAPE)
        written = self.model.state_dict()
        self.assertEqual(read.keys(), written.keys())
        for name, weight in written.items():
            if weight.dim() == 1:
                self.assertTrue(torch.equal(read[name], weight), name)
            else:
                step = weight.abs().amax(dim=1, keepdim=True) / 127
                self.assertTrue(((read[name] - weight).abs() <= step * 0.501).all(), name)

    def test_another_vocabulary_is_refused(self):
        pieces = load_vocabulary(self.folder / "vocabulary.model", TEXTS, SHAPE.vocabulary)
        other = load_vocabulary(self.folder / "other.model", [text.replace("red", "blue") for text in TEXTS], 35)
        write_files(SHAPE, pieces, self.folder)
        check_vocabulary(self.folder, pieces)
        with self.assertRaisesRegex(SystemExit, "another vocabulary"):
            check_vocabulary(self.folder, other)

    def test_the_digest_tells_weights_apart(self):
        digest = weights_digest(self.folder)
        write_model(Translator(SHAPE), self.folder)
        self.assertNotEqual(weights_digest(self.folder), digest)


if __name__ == "__main__":
    unittest.main()
