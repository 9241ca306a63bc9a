"""Text that must be shown, and never run, evaluated, formatted or parsed: as data, as labels, as titles."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

LABELS = [
    '<img src=x onerror="window.__pwned=1">',
    "<script>window.__pwned=1</script>",
    "__js__: alert(1)",
    "helpers.x",
    "function(){ window.__pwned = 1 }",
    "javascript:window.__pwned=1",
    "${window.__pwned=1} {{7*7}} {name} {target} $& %s",
    """quotes " ' ` and \\ back""",
    "&lt;b&gt; &amp; </td></table>",
    "RTL \u202egnp.exe\u202c end",
    "emoji 👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
    "zero\u200bwidth\u00a0space",
    "=cmd|' /C calc'!A0",
]
LINES = "one line\nand another\ttab"
LONG = "long " + "x" * 9_994 + "."
VALUES = [*LABELS, LINES, LONG]
TITLES = LABELS[:3]


def frame() -> pd.DataFrame:
    """Return records of which the first value has the most, and whose columns have hostile names, too."""
    values = [value for number, value in enumerate(VALUES) for _ in range(len(VALUES) - number)]
    return pd.DataFrame(
        {
            "value": values,
            LABELS[0]: [value[::-1] for value in values],
            LABELS[2]: range(len(values)),
            LONG: "same",
            LINES: "same",
        }
    )


def write(folder: Path) -> None:
    frame().to_parquet(folder / "hostile.parquet", index=False)


CODE = f"""
import pandas as pd
import dynreports as dr

LABELS, LONG, TITLES = {LABELS!r}, {LONG!r}, {TITLES!r}
field = dr.field("value")
foe = dr.Dataset(
    "hostile.parquet",
    dimensions=[dr.Dimension("value", label=LABELS[0])],
    metrics=[dr.count(label=each, where=~field.is_null()) for each in [*LABELS, LONG]],
    segments=[dr.Segment(each, where=field == each) for each in LABELS],
)
project = dr.Project(TITLES[0], foe)
panel = project.panel(TITLES[1], segments=[])
table = panel.table(rows=LABELS[0], columns=LABELS[:5], title=TITLES[2])
table.break_down(LABELS[0], by=LABELS[0] + " (2)")
panel.table(rows=LABELS[0], columns=LABELS[5:10], limit=5, title=TITLES[0])
panel.table(rows=LABELS[0], columns=[*LABELS[10:], LONG, (LABELS[0], {{"segment": LABELS[1]}})], title=LONG[:199])
"""
