"""A run in the middle: weights, their average, the optimizer, and the step it stands at."""

from dataclasses import asdict
from typing import Any, Dict

import torch

import checkpoint
from batching import Batch
from device import products_in
from epochs import Epoch
from loss import smoothed_cross_entropy
from model import Translator
from schedule import learning_rate
from settings import Settings
from vocabulary import PAD


def batch_loss(model: Translator, batch: Batch, smoothing: float) -> torch.Tensor:
    """Nats a target piece. The language token is given, not predicted."""
    source, mask = model.encode(batch.source)
    states, _ = model.decode(batch.target[:, :-1], source, mask)
    gold = batch.target[:, 1:]
    counted = gold != PAD
    counted[:, 0] = False
    return smoothed_cross_entropy(model.logits(states[counted]), gold[counted], smoothing) / counted.sum()


class Trainer:
    """Holds the state of a run. `step` counts the batches learned from."""

    def __init__(self, settings: Settings, device: torch.device):
        torch.manual_seed(settings.seed)
        self.settings, self.device, self.step = settings, device, 0
        self.epoch = Epoch()
        self.model = Translator(settings.shape, settings.dropout).to(device)
        self.average = Translator(settings.shape).to(device).eval().requires_grad_(False)
        self.average.load_state_dict(self.model.state_dict())
        self.optimizer = torch.optim.Adam(self.model.parameters(), betas=(0.9, 0.98), eps=1e-8, foreach=True)

    def begin_with(self, weights: Dict[str, torch.Tensor]) -> None:
        """Another run's weights instead of random ones."""
        self.model.load_state_dict(weights)
        self.average.load_state_dict(weights)

    def learn(self, batch: Batch) -> float:
        """One step; the loss before it."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.step, self.settings)
        with products_in(self.settings.precision, self.device):
            loss = batch_loss(self.model, batch.to(self.device), self.settings.label_smoothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.settings.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        if self.step % self.settings.average_every == 0:
            self._follow()
        return loss.item()

    @torch.no_grad()
    def _follow(self) -> None:
        """Moves the average towards the weights; early on in larger steps, to forget the start."""
        turns = self.step // self.settings.average_every
        decay = min(self.settings.average_decay, turns / (turns + 10))
        for slow, fast in zip(self.average.parameters(), self.model.parameters()):
            slow.lerp_(fast, 1 - decay)

    def state(self) -> Dict[str, Any]:
        return {
            "settings": asdict(self.settings),
            "step": self.step,
            "epoch": asdict(self.epoch),
            "model": self.model.state_dict(),
            "average": self.average.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random": checkpoint.random_state(),
        }

    def restore(self, state: Dict[str, Any]) -> None:
        """Goes on exactly where `state()` was taken; only `steps` may differ."""
        differing = _differing(state["settings"], asdict(self.settings))
        if differing:
            raise SystemExit(f"the checkpoint was made with other settings ({differing}): name another folder")
        self.model.load_state_dict(state["model"])
        self.average.load_state_dict(state["average"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.epoch = state["step"], Epoch(**state["epoch"])
        checkpoint.restore_random_state(state["random"])


def _differing(saved: Dict[str, Any], asked: Dict[str, Any]) -> str:
    names = [name for name in asked if name != "steps" and saved.get(name) != asked[name]]
    return ", ".join(f"{name}: {saved.get(name)} there, {asked[name]} here" for name in names)
