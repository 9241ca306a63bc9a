"""What the workspace looks like, held against itself: fonts and machines differ, one picture and the next do not."""

from __future__ import annotations

import io
from collections.abc import Callable

from PIL import Image, ImageChops
from playwright.sync_api import Locator

from tests.browser.desk import Desk, until
from tests.browser.notebook import Notebook

REPORT = """
project = dr.Project("Mails", data)
panel = project.panel("Mails", period="last month", segments=["Young"])
table = panel.table(rows="City", columns=["Sent", ("People", {"segment": "On mobile"}), "Open rate"], limit=5)
table.break_down("Paris", by="Device")
project
"""
_CLEAR = 24
"""Of 255: how far two colours of a pixel are apart at least that a person sees."""
_MANY = 0.002
"""Which part of the pixels has to differ for a picture to be another one: an arrow, a digit."""


def picture(desk: Desk, place: Locator) -> Image.Image:
    """Return what is seen of a place, with the pointer and the focus elsewhere."""
    desk.page.mouse.move(2, 2)
    desk.page.evaluate("document.activeElement?.blur()")
    return Image.open(io.BytesIO(place.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def is_another(one: Image.Image, other: Image.Image) -> bool:
    """Whether a person would tell two pictures from each other."""
    if one.size != other.size:
        return True
    apart = ImageChops.difference(one, other).convert("L").point(lambda value: 255 * (value >= _CLEAR))
    width, height = one.size
    return apart.histogram()[255] > _MANY * width * height


def test_undo_brings_the_picture_back(notebook: Notebook) -> None:
    notebook.theme("JupyterLab Light")
    desk = notebook.show(REPORT)
    table = desk.table()
    before = picture(desk, table.item)

    def is_there() -> bool:
        return not is_another(picture(desk, table.item), before)

    until(is_there, True)
    gestures: list[Callable[[], None]] = [
        lambda: table.head("Open rate").locator(".dr-head-label").click(),
        lambda: desk.drop("Revenue", onto="Add Revenue after Sent"),
        lambda: desk.drop("Gender", onto="Break down Lyon by Gender"),
        lambda: desk.drop("On mobile", onto="Filter Mails by On mobile"),
        lambda: table.act("Close the breakdown of Paris"),
    ]
    for gesture in gestures:
        gesture()
        until(is_there, False)
        desk.undo()
        until(is_there, True)

    # The same report shown anew looks the same; in the other theme it has other colours in the same places.
    desk = notebook.show(REPORT)
    table = desk.table()
    until(is_there, True)
    notebook.theme("JupyterLab Dark")
    until(is_there, False)
    assert picture(desk, table.item).size == before.size
    notebook.theme("JupyterLab Light")
    until(is_there, True)
