"""Charts in the workspace: what the browser is sent, when, and what it may ask for."""

from __future__ import annotations

import json
from typing import Any

import pytest

import dynreports as dr
from dynreports.workspace.controller import Workspace

from .test_controller import build, do


@pytest.fixture
def charted(workspace: Workspace) -> Workspace:
    build(workspace)
    assert do(workspace, "add_chart", panel="p1", type="bar")["say"] == "Added the chart Bar to Freeform."
    return workspace


def sent(workspace: Workspace, chart: str = "v4") -> dict[str, Any]:
    found: dict[str, Any] = workspace.shell.charts[chart].payload
    json.dumps(found, allow_nan=False)
    return found


def drawn(workspace: Workspace) -> list[tuple[str, float | None]]:
    return [(each["title"], each["v"]) for each in sent(workspace)["figures"]]


def test_a_chart_draws_what_its_table_shows(charted: Workspace) -> None:
    payload = sent(charted)
    rows = [row for row in charted.grids["t2"].payload["rows"] if row["type"] == "item"]
    assert [each["text"] for each in payload["figures"]] == [row["cells"][0]["text"] for row in rows]
    assert [each["path"] for each in payload["figures"]] == [row["path"] for row in rows]
    assert payload["source"] == {"table": "t2", "label": "Freeform Table", "color": 1}
    assert payload["table"]["rows"][0][0] == rows[0]["label"]
    item = charted.shell.state["panels"][0]["items"][1]
    assert (item["type"], item["kind"], item["source"], item["color"]) == ("chart", "bar", "t2", 1)


def test_it_follows_its_table(charted: Workspace) -> None:
    before = sent(charted)
    do(charted, "rename_item", item="t2", title="Cities")
    assert sent(charted)["source"]["label"] == "Cities"
    assert sent(charted)["figures"] == before["figures"]
    do(charted, "set_limit", table="t2", path=[], limit=1)
    assert len(sent(charted)["figures"]) == 1
    do(charted, "undo")
    assert sent(charted)["figures"] == before["figures"]


def test_it_follows_the_selection_until_it_is_locked(charted: Workspace) -> None:
    do(charted, "select", table="t2", paths=[["Rome"]], columns=[])
    assert [title for title, _ in drawn(charted)] == ["Rome"]
    assert charted.shell.state["undoLabel"] == "Add the chart Bar to Freeform"
    do(charted, "lock_chart", chart="v4", lock="items")
    do(charted, "select", table="t2", paths=[["Paris"]], columns=[])
    assert [title for title, _ in drawn(charted)] == ["Rome"]
    assert sent(charted)["locked"] == "items"
    do(charted, "lock_chart", chart="v4", lock=None)
    assert [title for title, _ in drawn(charted)] == ["Paris"]


def test_hidden_tables_are_queried_and_not_drawn(charted: Workspace) -> None:
    before = sent(charted)["figures"]
    do(charted, "show_table", table="t2", hidden=True)
    assert "t2" not in charted.grids
    assert charted.shell.state["panels"][0]["items"][1]["hidden"]
    do(charted, "set_limit", table="t2", path=[], limit=1)
    assert len(sent(charted)["figures"]) == 1
    do(charted, "undo")
    do(charted, "undo")
    assert "t2" in charted.grids
    assert sent(charted)["figures"] == before


def test_a_chart_without_its_table_says_so(charted: Workspace) -> None:
    do(charted, "remove_item", item="t2")
    assert sent(charted)["error"]["title"] == "Source missing"
    assert sent(charted)["source"] is None
    do(charted, "add_table", panel="p1")
    do(charted, "bind_chart", chart="v4", table="t5")
    assert "no columns yet" in sent(charted)["error"]["message"]
    do(charted, "remove_item", item="v4")
    assert charted.shell.charts == {}


def test_only_charts_that_changed_are_drawn_again(charted: Workspace) -> None:
    do(charted, "add_table", panel="p1")
    before = sent(charted)
    do(charted, "rename_item", item="t5", title="Other")
    assert sent(charted) is before


def test_the_browser_is_sent_the_one_chart_that_changed(
    charted: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(11):
        do(charted, "add_chart", panel="p1", type="bar")
    models = charted.shell.charts
    sizes = {each: len(json.dumps(model.payload)) for each, model in models.items()}
    assert len(sizes) == 12
    updates: list[tuple[str, int]] = []
    comm = type(models["v4"].comm)
    publish = comm.publish_msg

    def counted(self: Any, msg_type: str, data: Any = None, *rest: Any, **more: Any) -> None:
        updates.append((self.comm_id, len(json.dumps(data))))
        publish(self, msg_type, data, *rest, **more)

    monkeypatch.setattr(comm, "publish_msg", counted)
    do(charted, "set_chart", chart="v4", legend=False)
    shell = [size for id, size in updates if id == charted.shell.comm.comm_id]
    others = [(id, size) for id, size in updates if id != charted.shell.comm.comm_id]
    assert [id for id, _ in others] == [models["v4"].comm.comm_id]
    assert others[0][1] < sizes["v4"] + 200
    # The shell's own state follows; it holds no chart.
    assert sum(shell) < sum(sizes.values()) / 4

    updates.clear()
    do(charted, "remove_item", item="v4")
    assert max(size for _, size in updates) < sizes["v4"] * 2
    gone = models["v4"]
    assert gone.comm is None
    do(charted, "undo")
    assert charted.shell.charts["v4"] is not gone
    assert sent(charted)["status"] == "ready"
    left = list(charted.shell.charts.values())
    charted.close()
    assert all(each.comm is None for each in left)


def test_readers_look_only(project: dr.Project) -> None:
    table = project.panel("P").table(rows="City", columns=["Open"])
    chart = project.panels[-1].chart("bar", source=table)
    page = project.page()
    page.fill()
    assert sent(page, chart._id)["status"] == "ready"
    refused = do(page, "set_chart", chart=chart._id, legend=False)
    assert refused["error"]["code"] == "refused"
    assert do(page, "select", table=table._id, paths=[["Rome"]], columns=[])["ok"]
    assert len(sent(page, chart._id)["figures"]) == 1


def test_a_new_chart_draws_the_table_that_is_worked_on(charted: Workspace) -> None:
    do(charted, "add_table", panel="p1")
    do(charted, "use_table", table="t2")
    do(charted, "add_chart", panel="p1", type="bar")
    assert sent(charted, "v6")["source"]["table"] == "t2"
    do(charted, "show_table", table="t2", hidden=True)
    assert charted.shell.state["table"] == "t5"


def test_marks_become_a_filter_or_a_segment(charted: Workspace) -> None:
    first, last = (each["path"] for each in (sent(charted)["figures"][0], sent(charted)["figures"][-1]))
    marks = [[first, "c3"], [last, None]]
    draft = do(charted, "segment_of_marks", chart="v4", marks=marks)["data"]
    assert draft["label"] == "Paris, Nowhere"
    made = do(charted, "save_segment", id=None, label="Two", where=draft["where"], description="")
    assert made["ok"]
    done = do(charted, "filter_marks", chart="v4", marks=marks)
    assert done["say"] == "Filtered Freeform by Paris, Nowhere."
    assert [title for title, _ in drawn(charted)] == ["Paris", "Nowhere"]
    do(charted, "undo")
    assert len(drawn(charted)) == 3
    assert do(charted, "filter_marks", chart="v4", marks=[[[], None]])["error"]["code"] == "refused"
    assert do(charted, "filter_marks", chart="v4", marks=[])["error"]["code"] == "refused"


def test_a_report_without_a_workspace_holds_pictures(charted: Workspace) -> None:
    from dynreports.views import html, printed

    do(charted, "add_text", panel="p1", text="<b>One</b>\n\ntwo")
    for page in (html.project(charted.session), printed.document(charted.session)):
        assert '<img alt="Bar of Open by City' in page
        assert "data:image/svg+xml;base64," in page
        assert "<p>&lt;b&gt;One&lt;/b&gt;</p><p>two</p>" in page
    do(charted, "remove_item", item="t2")
    assert "is not there any more" in html.project(charted.session)
