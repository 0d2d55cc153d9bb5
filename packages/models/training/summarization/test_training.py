import tempfile
import unittest
from functools import partial
from pathlib import Path

import torch

from abstracts import abstract_of
from epochs import plan_epoch
from export import write_files
from lessons import SIGNS, framed_source, lessons_of, source_of
from measuring import measure, summarize
from model import Shape
from neural import checkpoint
from neural.encoder_decoder_export import write_model
from neural.epochs import batches_from
from neural.node import AVAILABLE, MISSING, node
from neural.run import Cadence, Examination, Run
from neural.trainer import Trainer
from neural.vocabulary import load_vocabulary
from settings import Settings
from summarizing import summarizing
from train import texts_of

FIXTURE = Path(__file__).parent / "summarize-fixture.mjs"
COUNTS = [(n, m) for n in range(6) for m in range(6)]
ABSTRACTS = [
    abstract_of(f"I see {n} red cats. There are {m} dogs. They are old.", [f"{n} cats and {m} dogs"]) for n, m in COUNTS
]
SHAPE = Shape(vocabulary=36, width=16, inner=32, heads=2, encoder_layers=1, decoder_layers=1, positions=64)
SETTINGS = Settings(
    shape=SHAPE,
    steps=200,
    tokens=300,
    dropout=0.0,
    learning_rate=1e-2,
    warmup=10,
    average_every=2,
    average_decay=0.8,
    oracle_from=0.1,
    summaries_from=0.15,
    longest_target=16,
)


class Training(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "summarizer"
        self.folder.mkdir()
        self.pieces = load_vocabulary(self.folder / "vocabulary.model", texts_of(ABSTRACTS), SHAPE.vocabulary, SIGNS)
        self.lessons = lessons_of(self.pieces, ABSTRACTS)
        self.plan = partial(plan_epoch, self.lessons, SETTINGS)

    def trainer(self) -> Trainer:
        return Trainer(SETTINGS, summarizing(SETTINGS), torch.device("cpu"))

    def learn(self, trainer: Trainer, until: int) -> Trainer:
        for trainer.epoch, batch in batches_from(self.plan, trainer.epoch, trainer.step):
            if trainer.step >= until:
                return trainer
            trainer.learn(batch)

    def test_joined_sentences_have_the_pieces_of_the_text(self):
        for abstract, lesson in zip(ABSTRACTS, self.lessons):
            self.assertEqual(source_of(lesson), self.pieces.encode(abstract.text))

    def test_a_run_in_pieces_equals_a_run_in_one_piece(self):
        whole, last = self.learn(self.trainer(), 50), self.folder / "last.pt"
        for until in (7, 19, 50):
            piece = self.trainer()
            if last.exists():
                piece.restore(checkpoint.load(last))
            checkpoint.save(self.learn(piece, until).state(), last)
        self.assertGreaterEqual(piece.epoch.first_step, SETTINGS.summaries_from * SETTINGS.steps)
        for a, b in zip(whole.average.parameters(), piece.average.parameters()):
            self.assertTrue(torch.equal(a, b))

    def test_a_run_keeps_the_best_by_rouge_on_held_out_abstracts(self):
        trainer = self.trainer()
        measuring = partial(measure, pieces=self.pieces, abstracts=ABSTRACTS, lessons=self.lessons)
        examination = Examination(measuring, by="rougeL")
        before = examination.measure(trainer)
        Run(trainer, partial(batches_from, self.plan), examination, self.folder, Cadence(100, 100)).to_end()
        best = checkpoint.load(self.folder / "best.pt")
        self.assertGreater(best["rougeL"], before["rougeL"])
        self.assertLess(best["devLoss"], before["devLoss"])
        self.assertEqual(examination.measure(trainer)["rougeL"], best["rougeL"])

    @unittest.skipUnless(AVAILABLE, MISSING)
    def test_the_hubs_library_summarizes_as_pytorch_does(self):
        trainer = self.learn(self.trainer(), 200)
        model = trainer.average
        write_model(model, self.folder)
        write_files(SETTINGS, self.pieces, self.folder)
        chosen = [self.lessons[i] for i in (0, 8, 35)]
        expected = summarize(model, self.pieces, chosen, 15, torch.device("cpu"))
        self.assertEqual(len(set(expected)), 3)
        found = node(FIXTURE, str(self.folder), "fp32", stdin=[ABSTRACTS[i].text for i in (0, 8, 35)])
        self.assertEqual([each["ids"] for each in found], [framed_source(source_of(each), 64) for each in chosen])
        # Of the fixture's 16 tokens the first is that which starts a target.
        self.assertEqual([each["summary"] for each in found], expected)


if __name__ == "__main__":
    unittest.main()
