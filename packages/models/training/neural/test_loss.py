import unittest

import torch

from .layers import fast_dropout
from .loss import smoothed_cross_entropy


class Loss(unittest.TestCase):
    def test_value_and_gradient_are_those_of_pytorch(self):
        torch.manual_seed(1)
        ours = torch.randn(5, 7, dtype=torch.float32, requires_grad=True)
        theirs = ours.detach().clone().requires_grad_()
        gold = torch.tensor([0, 6, 3, 3, 1])
        loss = smoothed_cross_entropy(ours, gold, 0.1)
        expected = torch.nn.functional.cross_entropy(theirs, gold, reduction="sum", label_smoothing=0.1)
        (2 * loss).backward()
        (2 * expected).backward()
        torch.testing.assert_close(loss, expected)
        torch.testing.assert_close(ours.grad, theirs.grad)


class Dropout(unittest.TestCase):
    def test_drops_the_share_asked_for_and_keeps_the_mean(self):
        torch.manual_seed(1)
        x = fast_dropout(torch.ones(100_003), 0.25, training=True)
        self.assertAlmostEqual((x == 0).float().mean().item(), 0.25, delta=0.01)
        self.assertAlmostEqual(x.mean().item(), 1, delta=0.02)

    def test_does_nothing_outside_training(self):
        x = torch.ones(10)
        self.assertIs(fast_dropout(x, 0.25, training=False), x)


if __name__ == "__main__":
    unittest.main()
