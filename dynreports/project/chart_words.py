"""What commands about charts and texts are called; part of `dynreports.project.wording`."""

from __future__ import annotations

from collections.abc import Callable

from dynreports.project import intents as do
from dynreports.project import tree
from dynreports.project.charting import ChartCommand, chart_type, default_title, given
from dynreports.project.model import Goals, Project

_SWITCHES = {
    "percentages": ("Show {} in percent", "Show {} in figures"),
    "stacked_100": ("Draw {} as parts of 100%", "Draw {} as figures"),
    "legend": ("Show the legend of {}", "Hide the legend of {}"),
    "others": ("Show the other rows in {}", "Hide the other rows in {}"),
    "dual_axis": ("Draw {} on two axes", "Draw {} on one axis"),
    "normalized": ("Draw {} scaled to the same height", "Draw {} as figures"),
    "zero": ("Draw {} from zero", "Draw {} around its figures"),
    "axes": ("Show the axes of {}", "Hide the axes of {}"),
    "axis_titles": ("Show the axis titles of {}", "Hide the axis titles of {}"),
    "hide_title": ("Hide the title of {}", "Show the title of {}"),
    "trend": ("Show the trend of {}", "Hide the trend of {}"),
}


def chart_words(command: ChartCommand, project: Project, row_name: Callable[[str, do.Address], str]) -> str:
    """Return what a command does, in words, as seen from the project before it.

    Parameters
    ----------
    row_name
        What a row (table id, address) is called.
    """
    match command:
        case do.AddChart(panel, type):
            return f"Add the chart {default_title(type)} to {tree.find_panel(project, panel).title}"
        case do.Visualize(table, paths):
            rows = row_name(table, paths[0]) if len(paths) == 1 else f"{len(paths)} rows"
            return f"Visualize {rows} as {default_title(chart_type(command))}"
        case do.BindChart(chart, table):
            bound = tree.find_chart(project, chart).title
            return f"Draw {tree.find_table(project, table).title} in {bound}"
        case do.LockChart(chart, lock):
            title = tree.find_chart(project, chart).title
            return f"Let {title} follow the selection" if lock is None else f"Lock {title} to its cells"
        case do.ShowTable(table, hidden):
            return f"{'Hide' if hidden else 'Show'} {tree.find_table(project, table).title}"
        case do.AddText(panel):
            return f"Add a text to {tree.find_panel(project, panel).title}"
        case do.SetText(text):
            return f"Write {tree.find_text(project, text).title}"
        case do.SetChart(chart):
            return _settings_words(command, tree.find_chart(project, chart).title)


def _settings_words(command: do.SetChart, title: str) -> str:
    changes = given(command)
    if len(changes) != 1:
        return f"Change the settings of {title}"
    [(name, value)] = changes.items()
    if name in _SWITCHES:
        return _SWITCHES[name][value is not True].format(title)
    match name:
        case "type":
            return f"Draw {title} as {default_title(value)}"  # type: ignore[arg-type]
        case "title":
            return f"Rename {title} to {value}"
        case "max_items":
            return f"Show all items in {title}" if value is None else f"Show {value} items in {title}"
        case "threshold":
            return f"{'Remove the threshold from' if value is None else 'Set the threshold of'} {title}"
        case "granularity":
            return f"Show {title} by {value or 'what its period suggests'}"
        case "goals":
            low_to_high = isinstance(value, Goals) and f"{value.low:g}, {value.mid:g} and {value.high:g}"
            return f"Set the goals of {title} to {low_to_high or 'the usual ones'}"
        case "summarize":
            return f"Show the {value} in {title}"
        case "change":
            return f"Show the change in {title} {'in percent' if value == 'percent' else 'as a difference'}"
        case _:
            return (
                f"Write the figure of {title} in full" if value is None else f"Cut down the figure of {title}"
            )
