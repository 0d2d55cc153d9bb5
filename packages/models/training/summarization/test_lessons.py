import unittest

import numpy

from epochs import examples_of, framed, plan_of
from lessons import GAP, Lesson, oracle_lesson, sentence_lesson, summary_lessons
from model import Shape
from neural.epochs import Epoch
from neural.vocabulary import END
from settings import Settings

LESSON = Lesson(sentences=[[10, 11], [20], [30, 31, 32]], summaries=[[40], [41, 42]], oracle=2)
SETTINGS = Settings(shape=Shape(positions=6), steps=10, tokens=8, longest_target=5, oracle_from=0.4, summaries_from=0.6)


def runs(source, sentences):
    """The sentences that `source` consists of, GAP apart."""
    rest = [piece for piece in source if piece != GAP]
    return [sentence for sentence in sentences if sentence[0] in rest and sentence[-1] in rest], rest


class Lessons(unittest.TestCase):
    def setUp(self):
        self.random = numpy.random.default_rng(1)

    def test_a_gap_stands_where_the_sentence_to_write_is_left_out_or_before_it(self):
        kept = 0
        for source, target in (sentence_lesson(LESSON, self.random) for _ in range(200)):
            self.assertIn(target, LESSON.sentences)
            after = source[source.index(GAP) + 1 :]
            self.assertEqual(source.count(GAP), 1)
            if target[0] in source:
                kept += 1
                self.assertEqual(after[: len(target)], target)
            chosen, rest = runs(source, LESSON.sentences)
            self.assertEqual(rest, [piece for sentence in chosen for piece in sentence])
        self.assertTrue(60 < kept < 140)

    def test_every_sentence_and_every_width_is_drawn(self):
        drawn = [sentence_lesson(LESSON, self.random) for _ in range(300)]
        self.assertEqual({target[0] for _, target in drawn}, {10, 20, 30})
        self.assertEqual({len(runs(source, LESSON.sentences)[0]) for source, _ in drawn}, {0, 1, 2, 3})

    def test_the_oracle_sentence_is_never_left_out_of_its_source(self):
        sources = []
        for _ in range(50):
            source, target = oracle_lesson(LESSON, self.random, 0.5)
            self.assertEqual(target, [30, 31, 32])
            self.assertEqual(source[-3:], target)
            sources.append(len(source))
        self.assertEqual(set(sources), {3, 4, 5, 6})

    def test_each_summary_is_an_example_of_the_whole_abstract(self):
        self.assertEqual(list(summary_lessons(LESSON)), [([10, 11, 20, 30, 31, 32], each) for each in ([40], [41, 42])])


class Epochs(unittest.TestCase):
    def test_the_run_goes_from_sentences_over_oracles_to_summaries(self):
        def has_gap(step):
            return any(GAP in source for source, _ in examples_of([LESSON] * 9, SETTINGS, Epoch(0, step)))

        self.assertTrue(has_gap(3))
        self.assertFalse(has_gap(4))
        self.assertEqual(examples_of([LESSON], SETTINGS, Epoch(0, 5))[0][1], [30, 31, 32])
        self.assertEqual(len(examples_of([LESSON], SETTINGS, Epoch(0, 6))), 2)

    def test_sources_are_cut_and_long_targets_left_out(self):
        examples = framed([(list(range(10, 19)), [50]), ([9], [51] * 4)], SETTINGS.shape.positions)
        (make,) = plan_of(examples, SETTINGS, 1)
        batch = make()
        self.assertEqual(batch.source.tolist(), [[10, 11, 12, 13, 14, END]])
        self.assertEqual(batch.target.tolist(), [[END, 50, END]])

    def test_an_epoch_is_the_same_each_time_and_another_differs(self):
        lessons = [LESSON] * 20
        first = examples_of(lessons, SETTINGS, Epoch(0, 0))
        self.assertEqual(first, examples_of(lessons, SETTINGS, Epoch(0, 0)))
        self.assertNotEqual(first, examples_of(lessons, SETTINGS, Epoch(1, 2)))


if __name__ == "__main__":
    unittest.main()
