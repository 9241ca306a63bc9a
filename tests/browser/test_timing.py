"""From a gesture to the redrawn grid, and to drawn charts, by the browser's own clock: reported, not asserted.

``DYNREPORTS_BIG=1`` measures 10 M rows, too (three minutes and 3 GB more).
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import CDPSession, expect

from dynreports.publish.folder import Folder
from dynreports.publish.servers import Server
from tests.browser.conftest import Visit, open_notebook, write_notebook
from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook
from tests.browser.watch import WATCH

# What a page does for the first time it compiles first: people work in pages that have done it before.
WARM_UP, ROUNDS = 4, 12
SETTLED = 1_000
SIZES = [1_000_000, *([10_000_000] if os.environ.get("DYNREPORTS_BIG") else [])]
# As large as a newcomer's log: 60 deliveries, 50 cities, four kinds of events, a few hundred thousand people.
BIG = """
import numpy as np, pandas as pd, dynreports as dr
from dynreports.engine.frames import engine_for
random, rows = np.random.default_rng(7), {rows}
def some(names, p=None):
    return pd.Categorical.from_codes(random.choice(len(names), rows, p=p), names)
frame = pd.DataFrame({{
    "ts": np.datetime64("2026-01-01") + random.integers(0, 120 * 86_400, rows).astype("timedelta64[s]"),
    "delivery": some([f"Delivery {{n}}" for n in range(60)]),
    "city": some([f"City {{n}}" for n in range(50)]),
    "event": some(["sent", "open", "click", "bounce"], [0.6, 0.28, 0.08, 0.04]),
    "person": random.integers(0, rows // 5, rows),
}})
event = dr.field("event")
big = dr.Dataset(
    frame, time="ts", infer=False,
    dimensions=["delivery", "city"],
    metrics=[dr.count(label=name.title(), where=event == name) for name in ("sent", "open", "click", "bounce")]
    + [dr.distinct("person", label="People")],
)
project = dr.Project("Big", big)
project.panel("Big").table(rows="delivery", columns=["Sent"])
project
"""
# All figures of the table are computed again, not only those of the new column.
FORGET = "[project._session.results.clear(), engine_for(big).clear_results()]"


@pytest.mark.parametrize("rows", SIZES)
def test_a_drop_until_the_grid_is_redrawn(
    rows: int, visit: Visit, lab_server: Server, folder: Folder, measured: Callable[[str], None]
) -> None:
    notebook = open_notebook(visit, lab_server, write_notebook(folder, f"big-{rows}.ipynb"))
    desk = notebook.show(BIG.format(rows=rows))
    expect(desk.table().root.locator(".ag-center-cols-container .ag-row").first).to_be_attached()
    took = {metric: gestures(notebook, desk, metric) for metric in ("Open", "People")}
    notebook.clear()
    for metric, times in took.items():
        measured(
            f"drop of {metric} to redrawn grid, {rows:,} rows, 60 items: median "
            f"{statistics.median(times):.0f} ms, {min(times):.0f} to {max(times):.0f} (n={len(times)})"
        )


def gestures(notebook: Notebook, desk: Desk, metric: str) -> list[float]:
    """Drop a metric after another, and take it back, again and again; the engine starts cold each time."""
    took = []
    for _ in range(WARM_UP + ROUNDS):
        notebook.python(FORGET)
        with desk.dragging(metric):
            desk.point(f"Add {metric} after Sent")
            desk.page.evaluate(WATCH, metric)
            desk.page.mouse.up()
        # What is asked of a page meanwhile costs its only thread tens of milliseconds.
        desk.page.wait_for_timeout(SETTLED)
        took.append(desk.page.evaluate("window.__took"))
        desk.undo()
        until(desk.table().heads, ["Sent"])
    return took[WARM_UP:]


# Twelve charts of eleven types, over rows and over time, as reports have them: one table is hidden.
CHARTS = """
project.panels[0].tables[0].remove()
panel = project.panels[0]
cities = panel.table(rows="city", columns=["Sent", "Open", "Click"], limit=8, title="Cities")
days = panel.table(rows="Day", columns=["Sent", "Open"], limit=120, title="Days").hide()
for kind in ("bar", "horizontal bar", "bar stacked", "horizontal bar stacked", "combo", "donut", "bullet", "scatter"):
    panel.chart(kind, source=cities)
for kind in ("line", "area", "area stacked", "bar"):
    panel.chart(kind, source=days)
project
"""
# When the figures of the first, of the last chart were there, and when the last was drawn of them.
WATCH_CHARTS = """(many) => {
  const charts = () => [...document.querySelectorAll("[data-dr-chart]")];
  const before = new Map(charts().map((chart) => [chart.dataset.drChart, chart.dataset.revision]));
  const start = performance.now();
  const took = {};
  const isDrawn = (chart) => {
    const plots = [...chart.querySelectorAll(".dr-plot")];
    return plots.length > 0 && plots.every((plot) => plot.dataset.drawn === chart.dataset.revision);
  };
  const state = ({ dataset: { drChart, status, revision } }) => `${drChart} ${status} ${before.get(drChart)}>${revision}`;
  window.__took = new Promise((resolve, reject) => {
    const look = () => {
      const fresh = charts().filter(
        (chart) => chart.dataset.status === "ready" && chart.dataset.revision !== before.get(chart.dataset.drChart));
      if (fresh.length > 0) took.first ??= performance.now() - start;
      if (fresh.length === many) took.figures ??= performance.now() - start;
      if (fresh.length < many || !fresh.every(isDrawn)) return;
      watch.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve({ ...took, drawn: performance.now() - start })));
    };
    // What is inside of a drawing tells nothing.
    const tells = ({ type, addedNodes }) => type === "attributes" || [...addedNodes].some((node) =>
      node instanceof HTMLElement && (node.matches("[data-dr-chart]") || node.querySelector("[data-dr-chart], .dr-plot")));
    const watch = new MutationObserver((records) => records.some(tells) && look());
    watch.observe(document.body, { subtree: true, childList: true,
      attributeFilter: ["data-status", "data-revision", "data-drawn"] });
    setTimeout(() => reject(new Error(charts().map(state).join("; "))), 120_000);
  });
}"""
PERIODS = ("('2026-02-01', '2026-03-01')", "('2026-01-01', '2026-05-01')")


def test_twelve_charts_until_they_are_drawn(
    visit: Visit, lab_server: Server, folder: Folder, measured: Callable[[str], None]
) -> None:
    notebook = open_notebook(visit, lab_server, write_notebook(folder, "charts.ipynb"))
    page = notebook.page
    clock = page.context.new_cdp_session(page)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})

    def timed(act: Callable[[], object]) -> tuple[dict[str, float], float]:
        """Return what was seen when, and for how long the page's own thread was at work, in ms."""
        before = worked(clock)
        page.evaluate(WATCH_CHARTS, 12)
        act()
        took = page.evaluate("window.__took")
        return took, worked(clock) - before

    # A kernel that has just started may forget its first cell on a busy machine.
    notebook.run("started = True")
    without = BIG.format(rows=SIZES[0]).removesuffix("project\n")
    took, busy = timed(lambda: notebook.run(without, CHARTS))
    measured(
        f"12 charts: drawn {took['drawn'] - took['first']:.0f} ms after the first figures arrived (goal: 1,500), "
        f"{took['drawn'] - took['figures']:.0f} after the last; the page was busy for {busy:.0f} ms with the whole "
        f"report; load {os.getloadavg()[0]:.1f}"
    )
    for known in ("None", FORGET):
        found = [
            timed(partial(notebook.python, f"[{known}, panel.period({each})] and None"))
            for each in PERIODS * 3
        ]
        times = [each["drawn"] for each, _ in found]
        measured(
            f"period changed until 12 charts were drawn, {SIZES[0]:,} rows, {'known' if known == 'None' else 'new'} figures: "
            f"median {statistics.median(times):.0f} ms (goal: 500), {min(times):.0f} to {max(times):.0f}; the page "
            f"was busy for {statistics.median(each for _, each in found):.0f} ms; load {os.getloadavg()[0]:.1f}"
        )
    notebook.clear()


def worked(clock: CDPSession) -> float:
    metrics = {each["name"]: each["value"] for each in clock.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(metrics["TaskDuration"])
