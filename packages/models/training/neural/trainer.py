"""A run in the middle: weights, their average, the optimizer, and the step it stands at."""

from dataclasses import asdict, dataclass
from typing import Any, Callable, Dict, Iterable

import torch
from torch import nn

from . import checkpoint
from .device import products_in
from .epochs import Epoch
from .schedule import learning_rate
from .settings import TrainingSettings


def adam(parameters: Iterable[nn.Parameter]) -> torch.optim.Optimizer:
    return torch.optim.Adam(parameters, betas=(0.9, 0.98), eps=1e-8, foreach=True)


@dataclass(frozen=True)
class Task:
    """What a network learns: `model` makes one with a rate of dropout, `loss` is of a model on a batch."""

    model: Callable[[float], nn.Module]
    loss: Callable[[nn.Module, Any], torch.Tensor]
    optimizer: Callable[[Iterable[nn.Parameter]], torch.optim.Optimizer] = adam


class Trainer:
    """Holds the state of a run. `step` counts the batches learned from; each has `to(device)`."""

    def __init__(self, settings: TrainingSettings, task: Task, device: torch.device):
        torch.manual_seed(settings.seed)
        self.settings, self.task, self.device, self.step = settings, task, device, 0
        self.epoch = Epoch()
        self.model = task.model(settings.dropout).to(device)
        self.average = task.model(0.0).to(device).eval().requires_grad_(False)
        self.average.load_state_dict(self.model.state_dict())
        self.optimizer = task.optimizer(self.model.parameters())

    def begin_with(self, weights: Dict[str, torch.Tensor]) -> None:
        """Another run's weights instead of random ones."""
        self.model.load_state_dict(weights)
        self.average.load_state_dict(weights)

    def learn(self, batch: Any) -> float:
        """One step; the loss before it."""
        for group in self.optimizer.param_groups:
            group["lr"] = learning_rate(self.step, self.settings)
        with products_in(self.settings.precision, self.device):
            loss = self.task.loss(self.model, batch.to(self.device))
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
