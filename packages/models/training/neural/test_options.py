import unittest
from dataclasses import asdict, dataclass

from neural.options import options_that_give
from neural.settings import TrainingSettings


@dataclass(frozen=True)
class Shape:
    width: int = 256


@dataclass(frozen=True)
class Settings(TrainingSettings):
    shape: Shape = Shape()


class Options(unittest.TestCase):
    def test_only_what_differs_is_typed(self):
        settings = asdict(Settings(steps=40, shape=Shape(width=128), precision="bfloat16"))
        self.assertEqual(options_that_give(settings, Settings()), "--steps 40 --width 128")


if __name__ == "__main__":
    unittest.main()
