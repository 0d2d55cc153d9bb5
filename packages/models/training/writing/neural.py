"""The folder `../neural` as a package, for the programs of this folder, which Python starts with this folder alone."""

from pathlib import Path

__path__ = [str(Path(__file__).resolve().parents[1] / "neural")]
