"""What the bundles of arms hold, said beside every table that compares them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from demarche.cli.say.console import plain

if TYPE_CHECKING:
    from rich.console import Console

    from demarche.experiment.results.manifest import Manifest


def tell_bundles(shown: Console, manifest: Manifest, arms: Iterable[Hashable]) -> None:
    """Print what each bundle holds that some arms take; nothing where they take none, or are no arms."""
    for arm in dict.fromkeys(map(str, arms)):
        held = manifest.arms.get(arm, {}).get("bundles", {})
        for name, text in held.items():
            shown.print(f"{plain(arm)} = bundle {plain(name)}: {plain(text)}", soft_wrap=True)
