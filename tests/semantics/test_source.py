"""Reading: every kind of frame and file works, or says clearly what is ignored and why."""

from __future__ import annotations

import datetime as dt
import gzip
import uuid
from decimal import Decimal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dynreports.errors import DataError, InvalidInputError
from dynreports.semantics.columns import field_types
from dynreports.semantics.source import read_frame

DAYS = [dt.date(2026, 1, 1), None, dt.date(2026, 1, 3)]
TIMES = [dt.datetime(2026, 1, 1), None, dt.datetime(2026, 1, 3)]


def arrow(values, type):
    return pd.Series(values, dtype=pd.ArrowDtype(type))


READ = {
    "str": (pd.Series(["a", None, "c"]), "text", "str"),
    "object text": (pd.Series(["a", None, "c"], dtype=object), "text", "str"),
    "string": (pd.Series(["a", None, "c"], dtype="string"), "text", "str"),
    "category": (pd.Series(["a", None, "c"], dtype="category"), "text", "category"),
    "category of integers": (pd.Series(pd.Categorical.from_codes([0, -1, 1], [1, 3])), "integer", "Int64"),
    "category of years": (pd.Series(pd.Categorical([2025, 2026, 2025])), "integer", "int64"),
    "category of numbers": (pd.Series([1.5, None, 3], dtype="category"), "number", "float64"),
    "category of booleans": (pd.Series([True, None, False], dtype="category"), "boolean", "boolean"),
    "category of dates": (pd.Series(pd.Categorical(TIMES)), "time", "datetime64[us]"),
    "intervals": (pd.Series(pd.cut([1, 5, 9], 3)), "text", "category"),
    "bool": (pd.Series([True, False, True]), "boolean", "bool"),
    "boolean": (pd.Series([True, None, False], dtype="boolean"), "boolean", "boolean"),
    "object booleans": (pd.Series([True, None, False], dtype=object), "boolean", "boolean"),
    "int8": (pd.Series([1, 2, 3], dtype="int8"), "integer", "int8"),
    "Int64": (pd.Series([1, None, 3], dtype="Int64"), "integer", "Int64"),
    "object integers": (pd.Series([1, None, 3], dtype=object), "integer", "Int64"),
    "huge integers": (pd.Series([2**70, None, 3], dtype=object), "text", "str"),
    "float": (pd.Series([1.5, None, 3]), "number", "float64"),
    "Float32": (pd.Series([1.5, None, 3], dtype="Float32"), "number", "float32"),
    "float16": (pd.Series([1.5, 2, 3], dtype="float16"), "number", "float32"),
    "object numbers": (pd.Series([1, None, 3.5], dtype=object), "number", "float64"),
    "decimals": (pd.Series([Decimal("1.5"), None, Decimal(2)]), "number", "float64"),
    "sparse": (pd.Series(pd.arrays.SparseArray([0, 0, 1])), "integer", "int64"),
    "naive": (pd.Series(TIMES), "time", "datetime64[us]"),
    "zoned": (pd.Series(TIMES).dt.tz_localize("Europe/Paris"), "time", "datetime64[us, Europe/Paris]"),
    "object dates": (pd.Series(DAYS, dtype=object), "time", "datetime64[s]"),
    "object times": (pd.Series(TIMES, dtype=object), "time", "datetime64[us]"),
    "far dates": (pd.Series([dt.date(9999, 12, 31)] * 3), "time", "datetime64[s]"),
    "periods": (pd.Series(pd.period_range("2026-01", periods=3, freq="M")), "time", "datetime64[us]"),
    "durations": (pd.Series(pd.to_timedelta([1, 2, 3], unit="h")), "number", "float64"),
    "times of day": (pd.Series([dt.time(1), None, dt.time(3)]), "text", "str"),
    "mixed": (pd.Series([1, "a", None], dtype=object), "text", "str"),
    "uuids": (pd.Series([uuid.UUID(int=1), None, uuid.UUID(int=3)]), "text", "str"),
    "dates as text": (pd.Series(["2026-01-01", None, "2026-01-03"]), "time", "datetime64[us]"),
    "offsets as text": (
        pd.Series(["2026-01-01T01:00Z", "2026-01-02T01:00+02:00", None]),
        "time",
        "datetime64[us, UTC]",
    ),
    "dates as categories": (
        pd.Series(["2026-01-01", None, "2026-01-03"], dtype="category"),
        "time",
        "datetime64[us]",
    ),
    "nearly dates": (pd.Series(["2026-01-31", "2026-02-30", None]), "text", "str"),
    "arrow int": (arrow([1, None, 3], pa.int64()), "integer", "Int64"),
    "arrow text": (arrow(["a", None, "c"], pa.string()), "text", "str"),
    "arrow dictionary": (arrow(["a", None, "c"], pa.dictionary(pa.int32(), pa.string())), "text", "category"),
    "arrow decimal": (arrow([Decimal("1.5"), None, Decimal(2)], pa.decimal128(9, 2)), "number", "float64"),
    "arrow date32": (arrow(DAYS, pa.date32()), "time", "datetime64[s]"),
    "arrow timestamp": (arrow(TIMES, pa.timestamp("us", tz="UTC")), "time", "datetime64[us, UTC]"),
    "arrow duration": (
        arrow([dt.timedelta(1), None, dt.timedelta(2)], pa.duration("us")),
        "number",
        "float64",
    ),
    "arrow time": (arrow([dt.time(1), None, dt.time(3)], pa.time64("us")), "text", "str"),
    "arrow bool": (arrow([True, None, False], pa.bool_()), "boolean", "boolean"),
}

IGNORED = {
    "lists": (pd.Series([[1], None, [2]]), "lists"),
    "tuples": (pd.Series([(1,), None, (2,)]), "lists"),
    "sets": (pd.Series([{1}, None, {2}]), "lists"),
    "arrays": (pd.Series([np.arange(2), None, np.arange(1)]), "lists"),
    "dicts": (pd.Series([{"a": 1}, None, {}]), "structures"),
    "arrow lists": (arrow([[1], None, [2]], pa.list_(pa.int64())), "lists"),
    "arrow structs": (arrow([{"a": 1}, None, {"a": 2}], pa.struct({"a": pa.int64()})), "structures"),
    "bytes": (pd.Series([b"a", None, b"c"]), "bytes"),
    "complex": (pd.Series([1j, 2j, 3j]), "complex"),
    "nothing": (pd.Series([None, None, None]), "no values"),
    "not a number": (pd.Series([np.nan, np.nan, np.nan]), "no values"),
    "arrow null": (arrow([None, None, None], pa.null()), "no values"),
}


@pytest.mark.parametrize("case", READ)
def test_columns_of_every_kind(case):
    column, kind, dtype = READ[case]
    given = pd.DataFrame({"x": column})
    before = given.copy(deep=True)
    frame, _ = read_frame(given)
    assert field_types(frame) == {"x": kind}
    assert frame["x"].dtype == dtype
    # What is missing stays missing, and nothing else becomes so.
    assert frame["x"].isna().tolist() == column.isna().tolist()
    pd.testing.assert_frame_equal(given, before)


@pytest.mark.parametrize("case", IGNORED)
def test_columns_that_are_ignored_say_why(case):
    column, why = IGNORED[case]
    frame, notes = read_frame(pd.DataFrame({"x": column, "kept": [1, 2, 3]}))
    assert list(frame.columns) == ["kept"]
    assert len(notes) == 1
    assert notes[0].startswith("Column 'x' is ignored: ")
    assert why in notes[0]


def test_values_survive():
    frame, notes = read_frame(
        pd.DataFrame(
            {
                "hours": pd.to_timedelta([1, 2], unit="h"),
                "mixed": [1, "a"],
                "cut": pd.cut([1, 9], [0, 5, 10]),
                "month": pd.period_range("2026-01", periods=2, freq="M"),
                "when": ["2026-01-01T01:00:00+02:00", "2026-01-01T00:00:00Z"],
            }
        )
    )
    assert frame["hours"].tolist() == [3600, 7200]
    assert frame["mixed"].tolist() == ["1", "a"]
    assert frame["cut"].tolist() == ["(0, 5]", "(5, 10]"]
    assert frame["month"].tolist() == [pd.Timestamp("2026-01-01"), pd.Timestamp("2026-02-01")]
    assert frame["when"].tolist() == [pd.Timestamp("2025-12-31T23:00Z"), pd.Timestamp("2026-01-01T00:00Z")]
    assert notes == [
        "Column 'hours' holds durations; it is read as a number of seconds.",
        "Column 'mixed' mixes values of type int, str; it is read as text.",
        "Column 'month' holds periods; each is read as its start.",
        "Column 'when' holds dates as text; it is read as date and time.",
    ]


def test_text_that_is_almost_a_date_stays_text():
    late_surprise = pd.Series(["2026-01-01"] * 5000 + ["soon"])
    offsets = pd.Series(["2026-01-01T00:00Z", "2026-01-01T00:00"])
    for column, why in ((late_surprise, "not every value is one"), (offsets, "some with an offset")):
        frame, notes = read_frame(column.to_frame("x"))
        assert frame["x"].tolist() == column.tolist()
        assert why in notes[0]
    frame, notes = read_frame(pd.DataFrame({"x": ["2026", "2027"], "y": ["01/02/2026", "02/01/2026"]}))
    assert field_types(frame) == {"x": "text", "y": "text"}
    assert notes == []


def test_names_become_unique_text():
    frame, notes = read_frame(pd.DataFrame([[1, 2, 3, 4, 5]], columns=["x", "x", 7, "", "X"]))
    assert list(frame.columns) == ["x", "x (2)", "7", "column 4", "X"]
    assert notes == [
        "More than one column is called 'x'; column 2 is called 'x (2)' here.",
        "Column 4 has no name; it is called 'column 4'.",
        "Column names that are not text were turned into text: 7.",
    ]
    levels = pd.MultiIndex.from_tuples([("sales", "sum"), ("sales", "")])
    assert list(read_frame(pd.DataFrame([[1, 2]], columns=levels))[0].columns) == ["sales sum", "sales"]


def test_a_named_index_becomes_a_column():
    frame, notes = read_frame(pd.DataFrame({"v": [1, 2]}, index=pd.Index(["a", "b"], name="k")))
    assert frame.to_dict("list") == {"k": ["a", "b"], "v": [1, 2]}
    assert notes == []
    two = pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["k", None])
    assert list(read_frame(pd.DataFrame({"v": [1, 2]}, index=two))[0].columns) == ["k", "v"]
    frame, notes = read_frame(pd.DataFrame({"v": [1, 2]}, index=pd.Index(["a", "b"])))
    assert list(frame.columns) == ["v"]
    assert "An index without a name is ignored" in notes[0]
    frame, notes = read_frame(pd.DataFrame({"v": [1, 2]}, index=pd.date_range("2026-01-01", periods=2)))
    assert field_types(frame) == {"date": "time", "v": "integer"}
    assert read_frame(pd.DataFrame({"v": [1, 2, 3]}).query("v > 1"))[1] == []


def test_rows_are_numbered_from_0():
    frame, _ = read_frame(pd.DataFrame({"v": [1, 2, 3]}, index=[7, 7, 7]))
    assert list(frame.index) == [0, 1, 2]


def test_changing_the_source_later_changes_nothing_here():
    source = pd.DataFrame({"v": [1, 2], "t": ["a", "b"]})
    frame, _ = read_frame(source)
    source.loc[0, "v"] = 99
    source["t"] = "z"
    assert frame.to_dict("list") == {"v": [1, 2], "t": ["a", "b"]}


@pytest.mark.parametrize(
    "frame", [pd.DataFrame(), pd.DataFrame({"a": pd.Series(dtype=object), "t": pd.to_datetime([])})]
)
def test_frames_without_rows(frame):
    read, notes = read_frame(frame)
    assert list(read.columns) == list(frame.columns)
    assert notes == ["The data has no rows."]


def test_other_libraries():
    polars = pl.DataFrame(
        {
            "text": ["x", None],
            "category": pl.Series(["p", "q"], dtype=pl.Categorical),
            "enum": pl.Series(["p", None], dtype=pl.Enum(["p", "q"])),
            "day": [dt.date(2026, 1, 1), None],
            "whole": [1, None],
            "lists": [[1], [2]],
            "nothing": [None, None],
        }
    )
    expected = {"text": "text", "category": "text", "enum": "text", "day": "time", "whole": "integer"}
    for source in (polars, polars.lazy(), polars.to_arrow(), polars.to_arrow().to_reader(), lambda: polars):
        frame, notes = read_frame(source)
        assert field_types(frame) == expected
        assert frame["text"].isna().tolist() == [False, True]
        assert [note[:27] for note in notes] == ["Column 'lists' is ignored: ", "Column 'nothing' is ignored"]
    assert list(read_frame(pd.Series([1, 2], name="s"))[0].columns) == ["s"]


def test_dictionaries_of_many_values_become_text(monkeypatch):
    monkeypatch.setattr("dynreports.semantics.columns._MANY_CATEGORIES", 1)
    frame, _ = read_frame(pa.table({"x": pa.array(["a", "b", None]).dictionary_encode()}))
    assert frame["x"].dtype == "str"
    assert frame["x"].tolist()[:2] == ["a", "b"]


@pytest.mark.parametrize("source", [3, None, [1, 2], {"a": [1]}])
def test_other_sources_are_refused(source):
    with pytest.raises(InvalidInputError, match="Accepted: a pandas or polars DataFrame"):
        read_frame(source)


# ---- files ------------------------------------------------------------------------------------


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiters(tmp_path, delimiter):
    lines = ["city|n|when", '"Paris|France"|1|2026-01-01', '"say ""hi""\nthere"||2026-01-02']
    path = write(tmp_path / "a.csv", "\n".join(lines).replace("|", delimiter))
    frame, notes = read_frame(path)
    assert frame["city"].tolist() == [f"Paris{delimiter}France", 'say "hi"\nthere']
    assert field_types(frame) == {"city": "text", "n": "integer", "when": "time"}
    assert notes == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_encodings(tmp_path, encoding):
    frame, notes = read_frame(write(tmp_path / "a.csv", "ville,n\nOrléans,1\nNîmes,2\n", encoding))
    assert frame.to_dict("list") == {"ville": ["Orléans", "Nîmes"], "n": [1, 2]}
    assert notes == (
        ["a.csv is not written in UTF-8; it is read as Windows-1252 (Western European)."]
        if encoding == "cp1252"
        else []
    )


def test_csv_values(tmp_path):
    text = "zip,country,amount,ok,note,delay\n01234,NA,1.5,true,,NA\n75001,FR,2,false,N/A,3\n"
    frame, _ = read_frame(write(tmp_path / "a.csv", text))
    assert frame["zip"].tolist() == ["01234", "75001"]  # zeros are kept
    assert frame["country"].tolist() == ["NA", "FR"]  # Namibia is not missing
    assert frame["delay"].isna().tolist() == [True, False]
    assert field_types(frame) == {
        "zip": "text", "country": "text", "amount": "number", "ok": "boolean", "delay": "integer",
    }  # fmt: skip


def test_csv_with_decimal_commas(tmp_path):
    frame, _ = read_frame(write(tmp_path / "a.csv", "a;b\n1,5;x\n2;y\n"))
    assert frame["a"].tolist() == [1.5, 2.0]


def test_compressed_csv(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,x\n"))
    assert read_frame(str(path))[0].to_dict("list") == {"a": [1], "b": ["x"]}


def test_parquet(tmp_path):
    given = pd.DataFrame({"v": [1, 2], "c": pd.Categorical(["a", "b"])}, index=pd.Index([5, 6]))
    given.to_parquet(tmp_path / "a.parquet")
    frame, notes = read_frame(tmp_path / "a.parquet")
    assert frame.to_dict("list") == {"v": [1, 2], "c": ["a", "b"]}
    assert notes == []


def test_folder_of_parquet(tmp_path):
    (tmp_path / "year=2026").mkdir()
    pq.write_table(pa.table({"v": [1], "late": ["x"]}), tmp_path / "year=2026" / "b.parquet")
    (tmp_path / "year=2025").mkdir()
    pq.write_table(pa.table({"v": [2]}), tmp_path / "year=2025" / "a.parquet")
    (tmp_path / "_SUCCESS").touch()
    frame, _ = read_frame(tmp_path)
    assert sorted(frame.columns) == ["late", "v", "year"]
    assert sorted(zip(frame["year"], frame["v"], strict=True)) == [(2025, 2), (2026, 1)]


def test_folder_of_csv(tmp_path):
    write(tmp_path / "a.csv", "v,t\n1,x\n")
    write(tmp_path / "b.csv", "v,w\n2.5,y\n")
    frame, _ = read_frame(tmp_path)
    assert frame["v"].tolist() == [1.0, 2.5]
    assert frame["w"].isna().tolist() == [True, False]


def test_files_that_can_not_be_read_say_so(tmp_path):
    write(tmp_path / "report.csv", "a\n1\n")
    with pytest.raises(DataError, match=r"There is no file or folder .*nope\.csv.*report\.csv"):
        read_frame(tmp_path / "nope.csv")
    with pytest.raises(DataError, match=r"by its ending '\.xlsx'\. Accepted: \.csv"):
        read_frame(write(tmp_path / "a.xlsx", "x"))
    with pytest.raises(DataError, match="is empty"):
        read_frame(write(tmp_path / "empty.csv", ""))
    with pytest.raises(DataError, match=r"bad\.parquet.* can't be read"):
        read_frame(write(tmp_path / "bad.parquet", "nonsense"))
    with pytest.raises(DataError, match=r"ragged\.csv.* can't be read"):
        read_frame(write(tmp_path / "ragged.csv", "a,b\n1,2\n3\n"))
    (tmp_path / "none").mkdir()
    with pytest.raises(DataError, match="no Parquet or CSV files"):
        read_frame(tmp_path / "none")
    with pytest.raises(DataError, match="both Parquet and CSV"):
        read_frame(tmp_path)
