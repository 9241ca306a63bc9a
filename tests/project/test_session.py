"""The live session: undo, pages, figures, subscribers, reading only."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dynreports.engine import planner
from dynreports.errors import InvalidInputError, RefusedError, StorageError, UnknownNameError
from dynreports.project import commands as do
from dynreports.project.model import AtPosition, Project
from dynreports.project.names import UNTITLED
from dynreports.project.session import Session
from dynreports.project.storage import NameTakenError, Storage
from dynreports.semantics.dataset import Dataset
from dynreports.semantics.period import Preset

from .conftest import drop


@pytest.fixture
def session(project: Project, dataset: Dataset) -> Session:
    return Session(project, dataset)


@pytest.fixture
def heard(session: Session) -> list[object]:
    changes: list[object] = []
    session.subscribe(changes.append)
    return changes


# ---- the document -----------------------------------------------------------------------------


def test_every_step_can_be_taken_back_and_done_again(session: Session) -> None:
    start = session.project
    assert session.apply(do.AddTable("p1")) == "Added a table to Freeform."
    assert session.apply(do.RenameItem("t5", "Mine")) == "Renamed Freeform Table (2) to Mine."
    end = session.project
    assert (session.undo_label, session.redo_label) == ("Rename Freeform Table (2) to Mine", None)
    assert session.undo() == "Undo: Rename Freeform Table (2) to Mine."
    assert session.undo() == "Undo: Add a table to Freeform."
    assert session.project == start
    assert (session.undo_label, session.redo_label) == (None, "Add a table to Freeform")
    with pytest.raises(RefusedError, match="nothing to undo"):
        session.undo()
    session.redo()
    session.redo()
    assert session.project == end
    with pytest.raises(RefusedError, match="nothing to redo"):
        session.redo()


def test_a_new_step_ends_what_can_be_done_again(session: Session) -> None:
    session.apply(do.AddTable("p1"))
    session.undo()
    session.apply(do.RenamePanel("p1", "Other"))
    assert session.redo_label is None


def test_refused_and_empty_commands_leave_no_trace(session: Session, heard: list[object]) -> None:
    start = session.project
    for command in (drop("dimension:device", do.OnBetween("t2", ("Paris",), "after")), do.RemoveItem("t9")):
        with pytest.raises((RefusedError, UnknownNameError)):
            session.apply(command)
    assert session.apply(do.RenamePanel("p1", "Freeform")) == "Nothing changed."
    assert session.project is start
    assert (session.undo_label, session.unsaved, heard) == (None, False, [])


def test_commands_of_a_group_are_one_step(session: Session, heard: list[object]) -> None:
    start = session.project
    with session.group("Add a table by Device"):
        session.apply(do.AddTable("p1"))
        with session.group("inside"):
            session.apply(drop("dimension:device", do.OnRows("t5")))
        session.apply(drop("metric:open", do.OnColumns("t5")))
    assert heard == [frozenset({"t5"})]
    assert session.undo_label == "Add a table by Device"
    session.undo()
    assert session.project == start


def test_a_group_that_fails_never_happened(session: Session, heard: list[object]) -> None:
    start = session.project

    def add_two_tables() -> None:
        with session.group("Add two tables"):
            session.apply(do.AddTable("p1"))
            session.apply(do.AddTable("p9"))

    with pytest.raises(UnknownNameError):
        add_two_tables()
    assert session.project is start
    assert (session.undo_label, heard) == (None, [])
    session.apply(do.AddTable("p1"))
    assert session.undo_label == "Add a table to Freeform"


# ---- figures ----------------------------------------------------------------------------------


def test_figures_are_those_of_the_data(session: Session) -> None:
    result = session.result("t2")
    assert [row.label for row in result.rows] == ["Paris", "Rome", "Nowhere"]
    frame = session.dataset.frame
    assert result.total[0] == (frame.event == "open").sum()
    assert result.rows[0].values[1] == ((frame.event == "click") & (frame.city == "Paris")).sum()


def test_the_same_question_is_asked_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    answer = planner.answer
    monkeypatch.setattr(
        planner, "answer", lambda request, engine: asked.append(request) or answer(request, engine)
    )
    first = session.result("t2")
    session.apply(do.RenameItem("t2", "Other"))
    assert session.result("t2") is first
    session.apply(do.SetSort("t2", "c4", True))
    session.result("t2")
    session.undo()
    assert session.result("t2") is first
    assert len(asked) == 2
    session.refresh()
    assert session.result("t2") is not first


def test_one_broken_table_does_not_break_the_others(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.apply(drop("dimension:device", do.OnNewTable("p1")))
    answer = planner.answer

    def broken(request: object, engine: object) -> object:
        if request.block.by.field == "device":  # type: ignore[attr-defined]
            raise MemoryError
        return answer(request, engine)  # type: ignore[arg-type]

    monkeypatch.setattr(planner, "answer", broken)
    with pytest.raises(MemoryError):
        session.result("t5")
    assert session.result("t2").rows
    session.apply(do.RenameItem("t5", "Still editable"))
    session.undo()


def test_refresh_reads_the_data_again_and_tells_everybody(session: Session, heard: list[object]) -> None:
    session.refresh()
    assert heard == ["all"]
    assert session.result("t2").rows


# ---- rows by rank -----------------------------------------------------------------------------


def test_rows_broken_down_by_rank_are_found_by_their_item(session: Session) -> None:
    session.apply(drop("dimension:device", do.OnRow("t2", ((AtPosition(1),),))))
    assert session.locate("t2", ("Paris",)) == (AtPosition(1),)
    assert session.locate("t2", ("Rome",)) == ("Rome",)
    assert session.locate("t2", ("Paris", "Mobile")) == (AtPosition(1), "Mobile")
    session.apply(do.SetLimit("t2", ("Paris",), 25))
    assert session.project.panels[0].items[0].breakdowns[0].limit == 25
    session.set_page("t2", ("Paris",), 2)
    assert session.page("t2", ("Paris",)) == 2
    session.apply(do.RemoveBreakdown("t2", ("Paris",)))
    assert session.project.panels[0].items[0].breakdowns == ()


def test_labels_of_rows_are_those_of_the_screen(session: Session) -> None:
    session.apply(drop("time:day", do.OnRows("t2")))
    row = session.result("t2").rows[0]
    session.apply(drop("dimension:device", do.OnRow("t2", ((row.item,),))))
    assert session.undo_label == f"Break down {row.label} by Device"


# ---- pages ------------------------------------------------------------------------------------


def test_pages_are_no_edits(session: Session, heard: list[object]) -> None:
    session.apply(do.SetLimit("t2", (), 5))
    session.set_page("t2", (), 7)
    assert session.page("t2") == 7
    assert session.request("t2").block.page == 7
    assert session.result("t2").page == 1
    assert heard == [frozenset({"t2"}), frozenset({"t2"})]
    assert session.undo_label == "Show 5 rows on a page"
    with pytest.raises(InvalidInputError):
        session.set_page("t2", (), 0)
    with pytest.raises(RefusedError):
        session.set_page("t2", ("Rome",), 1)
    with pytest.raises(UnknownNameError):
        session.set_page("t9", (), 1)


@pytest.mark.parametrize(
    "command",
    [
        drop("dimension:device", do.OnRows("t2")),
        do.SetLimit("t2", (), 5),
        do.SetSearch("t2", (), "a", True),
        do.SetSort("t2", "c4", True),
        do.SetPeriod("p1", Preset("last-month")),
        drop("segment:early", do.OnPanel("p1")),
    ],
)
def test_a_page_of_other_rows_is_the_first(session: Session, command: do.Command) -> None:
    session.set_page("t2", (), 2)
    session.apply(command)
    assert session.page("t2") == 1


@pytest.mark.parametrize(
    "command",
    [
        drop("metric:people", do.OnColumns("t2")),
        do.RenameItem("t2", "x"),
        do.AddTable("p1"),
        drop("dimension:device", do.OnRow("t2", (("Rome",),))),
        do.SetLimit("t2", ("Paris",), 10),
    ],
)
def test_a_page_of_the_same_rows_stays(session: Session, command: do.Command) -> None:
    session.apply(drop("time:day", do.OnRow("t2", (("Paris",),))))
    session.set_page("t2", (), 2)
    session.set_page("t2", ("Paris",), 3)
    session.apply(command)
    assert session.page("t2") == 2
    assert session.page("t2", ("Paris",)) == (1 if isinstance(command, do.SetLimit) else 3)


def test_the_page_of_a_breakdown_goes_with_it(session: Session) -> None:
    session.apply(drop("time:day", do.OnRow("t2", (("Paris",),))))
    session.set_page("t2", ("Paris",), 3)
    session.apply(do.RemoveBreakdown("t2", ("Paris",)))
    session.undo()
    assert session.page("t2", ("Paris",)) == 1


# ---- subscribers ------------------------------------------------------------------------------


def test_subscribers_hear_which_tables_changed(session: Session, heard: list[object]) -> None:
    session.apply(do.AddPanel(table=True))
    session.apply(do.RenamePanel("p5", "Other"))
    session.apply(do.SetPeriod(None, Preset("last-month")))
    session.apply(do.RemoveItem("t6"))
    assert heard == [frozenset({"t6"}), frozenset(), frozenset({"t2", "t6"}), frozenset({"t6"})]


def test_a_subscriber_that_fails_does_not_stop_the_others(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[object] = []

    def fails(_: object) -> None:
        raise ZeroDivisionError

    session.subscribe(fails)
    unsubscribe = session.subscribe(heard.append)
    session.apply(do.AddTable("p1"))
    assert heard == [frozenset({"t5"})]
    assert "ZeroDivisionError" in caplog.text
    unsubscribe()
    unsubscribe()
    session.undo()
    assert len(heard) == 1


# ---- reading only -----------------------------------------------------------------------------


def test_a_report_open_for_reading_is_looked_at_and_not_changed(
    project: Project, dataset: Dataset, tmp_path: Path
) -> None:
    session = Session(project, dataset, storage=Storage(tmp_path), name="x", read_only=True)
    session.apply(do.SetSort("t2", "c4", True))
    session.apply(do.SetLimit("t2", (), 5))
    session.apply(do.SetSearch("t2", (), "a", True))
    session.apply(do.CollapsePanel("p1", True))
    session.set_page("t2", (), 2)
    for command in (
        do.AddPanel(),
        do.Clear(),
        do.RenamePanel("p1", "x"),
        drop("segment:early", do.OnPanel("p1")),
    ):
        with pytest.raises(RefusedError, match="open for reading"):
            session.apply(command)
    with pytest.raises(RefusedError, match="can't be saved"):
        session.save("y")
    assert not session.unsaved
    assert list(tmp_path.iterdir()) == []


# ---- saving -----------------------------------------------------------------------------------


def test_saving_and_going_on(project: Project, dataset: Dataset, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    session = Session(project, dataset, storage=storage)
    with pytest.raises(InvalidInputError, match="give it a name"):
        session.save()
    session.apply(do.AddTable("p1"))
    assert session.unsaved
    assert session.save("Quarter review") == "quarter-review"
    assert (session.unsaved, session.name, session.project.revision) == (False, "quarter-review", 1)
    assert storage.load("Quarter review").project == session.project
    session.undo()
    assert session.unsaved
    assert session.save() == "quarter-review"
    assert session.project.revision == 2
    session.redo()
    session.undo()
    assert not session.unsaved
    assert session.save("Quarter Review") == "quarter-review"


def test_saving_under_the_name_of_another_report(project: Project, dataset: Dataset, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.save("other", project)
    session = Session(project, dataset, storage=storage)
    with pytest.raises(NameTakenError):
        session.save("other")
    assert session.name is None
    assert session.save("other", overwrite=True) == "other"
    assert session.project.revision == 2


def test_a_session_without_a_folder_can_not_be_saved(session: Session) -> None:
    with pytest.raises(StorageError, match="no folder"):
        session.save("x")


def test_what_is_not_saved_is_kept_as_a_draft(project: Project, dataset: Dataset, tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    session = Session(project, dataset, storage=storage)
    session.save("mine")
    session.apply(do.RenamePanel("p1", "Not saved"))
    opened = storage.load("mine")
    assert opened.draft is not None
    assert opened.draft.project == session.project

    again = Session(opened.draft.project, dataset, storage=storage, name=opened.name, saved=opened.project)
    assert again.unsaved
    again.save()
    assert storage.load("mine").draft is None


def test_going_back_to_what_is_saved_removes_the_draft(
    project: Project, dataset: Dataset, tmp_path: Path
) -> None:
    storage = Storage(tmp_path)
    session = Session(project, dataset, storage=storage)
    session.save("mine")
    session.apply(do.RenamePanel("p1", "Not saved"))
    session.undo()
    assert storage.draft("mine") is None


def test_a_report_that_was_never_saved_has_a_draft_too(
    project: Project, dataset: Dataset, tmp_path: Path
) -> None:
    session = Session(project, dataset, storage=Storage(tmp_path))
    session.apply(do.RenamePanel("p1", "Not saved"))
    assert [path.name for path in tmp_path.rglob("*.json")] == ["untitled-review.draft.json"]
    session.save("mine")
    assert [path.name for path in tmp_path.glob("*.json")] == ["mine.report.json"]
    assert not list(tmp_path.rglob("*.draft.json"))


def test_an_edit_goes_through_when_its_draft_can_not_be_kept(
    project: Project, dataset: Dataset, tmp_path: Path
) -> None:
    (tmp_path / ".drafts").write_text("in the way")
    session = Session(project, dataset, storage=Storage(tmp_path))
    session.apply(do.RenamePanel("p1", "Edited"))
    assert session.project.panels[0].title == "Edited"
    assert session.draft_problem is not None


def test_a_report_without_a_title_is_called_as_it_is_saved(
    project: Project, dataset: Dataset, tmp_path: Path
) -> None:
    untitled = msgspec.structs.replace(project, title=UNTITLED)
    session = Session(untitled, dataset, storage=Storage(tmp_path))
    session.save("Élan: first")
    assert (session.name, session.project.title) == ("élan-first", "Élan: first")
    assert Storage(tmp_path).list()[0].title == "Élan: first"
    # A title of its own stays, whatever the file is called.
    session = Session(untitled, dataset, storage=Storage(tmp_path))
    session.apply(do.RenameProject("Review"))
    session.save("second")
    assert session.project.title == "Review"
