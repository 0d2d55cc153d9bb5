import tempfile
import unittest
from pathlib import Path

import numpy
import torch

from export import write_files, write_model
from model import Shape, Translator
from neural.batching import pad_rows
from neural.decoding import greedy
from neural.node import AVAILABLE, MISSING, array, node, run_session, tensor
from neural.texts import clean
from vocabulary import END, ENGLISH, FRENCH, PAD, encode, load_vocabulary

FIXTURE = Path(__file__).parent / "translate-fixture.mjs"
TEXTS = [f"I see {n} red cats and {m} dogs. Je vois l'eau !" for n in range(9) for m in range(9)]


@unittest.skipUnless(AVAILABLE, MISSING)
class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name) / "translator"
        torch.manual_seed(16)  # one whose translations differ
        cls.pieces = load_vocabulary(Path(folder.name) / "vocabulary.model", TEXTS, 35)
        shape = Shape(vocabulary=35, width=32, inner=64, heads=2, encoder_layers=2, decoder_layers=2, positions=64)
        cls.model = _lively(Translator(shape)).eval()
        write_model(cls.model, cls.folder)
        write_files(shape, cls.pieces, cls.folder)
        cls.source = pad_rows([[ENGLISH, 9, 10, 11, END], [FRENCH, 12, END]])
        cls.target = torch.tensor([[END, FRENCH, 7, 8], [END, ENGLISH, 9, 10]])

    def session(self, name: str, feeds: list) -> list:
        return run_session(self.folder / "onnx" / f"{name}.onnx", feeds)

    def feeds(self, ids: torch.Tensor, past: dict) -> dict:
        """Of the decoder; an empty past is that of the first step."""
        shape, mask = self.model.shape, (self.source != PAD).long()
        empty = {"type": "float32", "dims": [2, shape.heads, 0, shape.width // shape.heads], "data": []}
        parts = [f"{side}.{kind}" for side in ("decoder", "encoder") for kind in ("key", "value")]
        names = [f"{i}.{part}" for i in range(shape.decoder_layers) for part in parts]
        return {
            "input_ids": tensor(ids),
            "encoder_attention_mask": tensor(mask),
            "encoder_hidden_states": tensor(self.states()),
            "use_cache_branch": tensor(torch.tensor([bool(past)])),
            **{f"past_key_values.{n}": {"type": "float32", **past[f"present.{n}"]} if past else empty for n in names},
        }

    def states(self) -> torch.Tensor:
        with torch.no_grad():
            return self.model.encode_states(self.source)[0]

    @torch.no_grad()
    def expected(self) -> numpy.ndarray:
        memory, mask = self.model.encode(self.source)
        return self.model.logits(self.model.decode(self.target, memory, mask)[0]).numpy()

    def test_the_encoder_gives_the_states_of_pytorch(self):
        feeds = {"input_ids": tensor(self.source), "attention_mask": tensor((self.source != PAD).long())}
        (result,) = self.session("encoder_model", [feeds])
        shown = (self.source != PAD).numpy()
        found, expected = array(result["last_hidden_state"]), self.states().numpy()
        numpy.testing.assert_allclose(found[shown], expected[shown], atol=1e-5)

    def test_the_decoder_gives_the_logits_of_pytorch_at_once(self):
        (result,) = self.session("decoder_model_merged", [self.feeds(self.target, {})])
        numpy.testing.assert_allclose(array(result["logits"]), self.expected(), atol=1e-4)

    def test_the_decoder_gives_the_logits_of_pytorch_step_by_step(self):
        past, logits = {}, []
        for ids in (self.target[:, :2], self.target[:, 2:3], self.target[:, 3:]):
            (past,) = self.session("decoder_model_merged", [self.feeds(ids, past)])
            logits.append(array(past["logits"]))
        numpy.testing.assert_allclose(numpy.concatenate(logits, axis=1), self.expected(), atol=1e-4)

    def test_bytes_change_the_logits_little(self):
        first, expected = self.feeds(self.target[:, :3], {}), self.expected()
        (result,) = self.session("decoder_model_merged_quantized", [first])
        (last,) = self.session("decoder_model_merged_quantized", [self.feeds(self.target[:, 3:], result)])
        logits = numpy.concatenate([array(result["logits"]), array(last["logits"])], axis=1)
        self.assertLess(numpy.abs(logits - expected).max(), 0.05 * numpy.abs(expected).max())
        self.assertGreater(numpy.abs(logits - expected).max(), 0)

    def test_the_hubs_library_translates_as_pytorch_does(self):
        texts = ["I see red cats.", "  L\u2019eau\u202f! dogs 5", "and"]
        found = node(FIXTURE, str(self.folder), "fp32", stdin=texts)
        cleaned = [clean(text) for text in texts]
        framed = [[ENGLISH, *ids, END] for ids in encode(self.pieces, cleaned)]
        self.assertEqual(found["ids"], framed)
        expected = [translate_briefly(self.model, self.pieces, text) for text in cleaned]
        self.assertEqual(len(set(expected)), len(texts))
        self.assertEqual(found["translations"], expected)


def translate_briefly(model: Translator, pieces, text: str) -> str:
    """19 pieces at most, as 20 tokens with that of the language."""
    ids = greedy(model, torch.tensor([[ENGLISH, *encode(pieces, [text])[0], END]]), [END, FRENCH], 19)
    return pieces.decode([i for i in ids[0] if i > FRENCH]).strip()


def _lively(model: Translator) -> Translator:
    """Random biases and norms too, so that none can be missed."""
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.dim() == 1:
                parameter.add_(0.2 * torch.randn_like(parameter))
    return model


if __name__ == "__main__":
    unittest.main()
