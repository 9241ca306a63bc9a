"""The rules that one document needs beside the shared sheet: no element may have a style of its own."""

from __future__ import annotations


class Styles:
    """Collects rules, each under a class that says what it holds."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {}

    def share(self, name: str, share: float) -> str:
        """Return the class that sets ``--NAME`` to a share (0 to 1) ."""
        permille = round(1000 * share)
        rule = f"{name}{permille}"
        self._rules[rule] = f"--{name}:{permille / 1000:g}"
        return rule

    def place(self, x: int, y: int, width: int, rows: int) -> str:
        """Return the class of a place in the twelve columns of a panel, all counted from 0."""
        rule = f"p{x}-{y}-{width}-{rows}"
        self._rules[rule] = f"--x:{x + 1};--y:{y + 1};--wide:{width};--high:{rows}"
        return rule

    def sheet(self) -> str:
        """Return the rules of every class that was asked for."""
        return "".join(f".{name}{{{rule}}}" for name, rule in sorted(self._rules.items()))
