"""Hot clicks: the shares on links, whose message is shown, and messages that mean harm."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import dynreports as dr
from dynreports.campaign import objects
from dynreports.campaign.clicked import percent
from dynreports.campaign.demo_data import write
from dynreports.campaign.message_html import common, framed
from dynreports.errors import DataError, UnknownNameError
from dynreports.semantics.dataset import Dataset


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("logs") / "Lumen", recipients=800, deliveries=40, days=60)


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return dr.campaign.load(folder)


def clicks_in(folder: Path) -> pd.DataFrame:
    """Every click in the tracking log that is not of a proof or seed, with the variant of its message."""
    tracks = pd.read_parquet(folder / "tracking_log.parquet")
    sends = pd.read_parquet(folder / "delivery_log.parquet").drop_duplicates("message_id")
    tests = sends.loc[sends["is_proof"] | sends["is_seed"], "message_id"]
    tracks = tracks[tracks["tracking_url_type"].isin([1, 10, 11]) & ~tracks["message_id"].isin(tests)]
    return tracks.merge(sends[["message_id", "variant"]], on="message_id", how="left")


def test_shares_are_of_all_clicks_of_the_delivery(folder: Path, data: Dataset) -> None:
    clicks = clicks_in(folder)
    sent = pd.read_parquet(folder / "deliveries.parquet")
    tested = 0
    for row in sent[sent["html"].notna()].itertuples():
        own = clicks[clicks["delivery_id"] == row.delivery_id]
        found = dr.campaign.hot_clicks(data, row.name)
        assert found.clicks == len(own)
        by_url = own["url"].astype(str).value_counts()
        frame = found.frame()
        assert frame["Click"][frame["Click"] > 0].to_dict() == by_url.to_dict()
        assert frame["Share"].sum() == pytest.approx(1 if len(own) else 0)
        for url, count in by_url.items():
            assert frame.loc[url, "Share"] == pytest.approx(count / len(own))
            assert percent(count / len(own)) in found.document
        variants = own["variant"].dropna().unique()
        assert set(variants) <= set(found.variants)
        for name in variants:
            expected = own[own["variant"] == name]["url"].astype(str).value_counts()
            assert frame[f"Click ({name})"].max() == expected.max()
        tested += len(own) > 0
    assert tested > 10


def test_the_last_execution_is_shown_unless_another_one_is_named(data: Dataset) -> None:
    parent = next(each for each in objects.deliveries(data) if each.kind == "parent")
    own = [each for each in objects.deliveries(data) if each.parent == parent.id]
    newest = max(own, key=lambda each: each.sent)  # type: ignore[arg-type, return-value]
    oldest = min(own, key=lambda each: each.sent)  # type: ignore[arg-type, return-value]
    assert newest != oldest
    assert dr.campaign.hot_clicks(data, parent.label).delivery == newest
    assert dr.campaign.hot_clicks(data, parent.id, execution=oldest.id).delivery == oldest
    # Opened on one of them, it is that one.
    assert dr.campaign.hot_clicks(data, oldest.id).delivery == oldest
    with pytest.raises(UnknownNameError, match="execution"):
        dr.campaign.hot_clicks(data, parent.id, execution="DM1")


def message(*parts: str) -> str:
    return f"<html><body>{''.join(parts)}</body></html>"


def test_a_variant_narrows_what_is_shown_and_not_the_shares(folder: Path, tmp_path: Path) -> None:
    rows = pd.read_parquet(folder / "deliveries.parquet")
    log = pd.read_parquet(folder / "delivery_log.parquet")
    tested = log.dropna(subset="variant")["delivery_id"].iloc[0]
    place = rows.index[rows["delivery_id"] == tested][0]
    clicks = clicks_in(folder)
    urls = clicks[clicks["delivery_id"] == tested]["url"].value_counts()
    first, second = urls.index[:2]
    for_b = f'<p data-variant="B C"><a href="{html.escape(second)}">Second</a></p>'
    rows.loc[place, "html"] = message(f'<a href="{html.escape(first)}">First</a>', for_b)
    for path in folder.glob("*_log.parquet"):
        (tmp_path / path.name).symlink_to(path)
    rows.to_parquet(tmp_path / "deliveries.parquet")
    data = dr.campaign.load(tmp_path)
    everything = dr.campaign.hot_clicks(data, rows.loc[place, "name"])
    only_a = dr.campaign.hot_clicks(data, rows.loc[place, "name"], variant="A")
    assert only_a.links == everything.links
    assert '[data-variant]:not([data-variant~="A"])' in only_a.document
    assert "data-variant~" not in everything.document
    assert {each.url: each.in_message for each in everything.links if each.url in (first, second)} == {
        first: True,
        second: True,
    }
    assert sum(each.in_message for each in everything.links) == 2
    with pytest.raises(UnknownNameError, match="variant"):
        dr.campaign.hot_clicks(data, rows.loc[place, "name"], variant="Z")


def test_deliveries_without_a_message(data: Dataset) -> None:
    push = next(each for each in objects.deliveries(data) if each.channel == "Push notification")
    with pytest.raises(DataError, match="has no HTML"):
        dr.campaign.hot_clicks(data, push.id)
    with pytest.raises(UnknownNameError, match="Did you mean"):
        dr.campaign.hot_clicks(data, push.id[:-1] + "x")


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe src='https://evil.example'></iframe>",
    "<object data='https://evil.example'></object><embed src='https://evil.example'>",
    "<form action='https://evil.example'><input name=a><button>x</button></form>",
    "<style>@import 'https://evil.example/a.css'; body{background:url(https://evil.example)}</style>",
    "<div style=\"background:url('https://evil.example/x.png');position:fixed;top:0;color:red\">x</div>",
    "<link rel=stylesheet href='https://evil.example/a.css'><base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<img src='https://evil.example/pixel.gif'><img src='cid:1'><img srcset='https://evil.example/2x 2x'>",
    "<video src='https://evil.example/v'><source src='https://evil.example/v2'></video>",
    "<math><mtext></mtext><style><img src=x onerror=alert(1)></style></math>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><img src=x onerror=alert(1)></template>",
    "<a href='https://ok.example/\"><script>alert(1)</script>'>x</a>",
    "<table background='https://evil.example/t.png'><tr><td>x</td></tr></table>",
    "<body onload=alert(1)><p onclick=alert(1)>x</p>",
    "</body></html><script>alert(1)</script>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<p>]]></style><script>alert(1)</script>",
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize("part", HOSTILE)
def test_messages_that_mean_harm(part: str) -> None:
    document, _ = framed(
        message(part, '<a href="https://ok.example/">fine</a>'), {"https://ok.example": "50%"}
    )
    body = document[document.index("<body>") :]
    parser = Tags()
    parser.feed(body)
    for tag, attributes in parser.found:
        assert tag in {"body", "a", "img", "div", "p", "table", "tbody", "tr", "td"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name not in {"background", "srcset", "action"}
            assert name != "href", "a link leads somewhere"
            if name == "src":
                assert (value or "").startswith("data:image/")
            if name == "data-link":
                assert (value or "").isdecimal()
            if name == "style":
                assert re.fullmatch(r"color:\s*red;?", value or "")
    assert "evil.example" not in body
    assert '::after { content: "50%"; }' in document


def test_the_frame_can_neither_run_nor_load(data: Dataset) -> None:
    found = dr.campaign.hot_clicks(data, mail(data).id)
    page = found.html()
    assert page.count("<iframe") == 1
    assert '<iframe sandbox=""' in page
    assert "<script" not in page
    srcdoc = html.unescape(re.search(r'srcdoc="([^"]*)"', page)[1])  # type: ignore[index]
    assert srcdoc == found.document
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', srcdoc)[1])  # type: ignore[index]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy


def mail(data: Dataset) -> objects.Delivery:
    return next(
        each for each in objects.deliveries(data) if each.channel == "Email" and each.kind == "single"
    )


def test_labels_of_deliveries_are_text(folder: Path, tmp_path: Path) -> None:
    rows = pd.read_parquet(folder / "deliveries.parquet")
    place = rows.index[rows["html"].notna()][0]
    rows.loc[place, ["label", "name"]] = ["</h3><script>alert(1)</script>", 'x"]</style><b>']
    for path in folder.glob("*_log.parquet"):
        (tmp_path / path.name).symlink_to(path)
    rows.to_parquet(tmp_path / "deliveries.parquet")
    page = dr.campaign.hot_clicks(dr.campaign.load(tmp_path), 'x"]</style><b>').html()
    assert "<script" not in page
    assert page.count("</style>") == 1
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://Shop.example/A", "HTTPS://shop.EXAMPLE/A", True),
        ("https://shop.example/A", "https://shop.example/a", False),
        ("https://shop.example", "https://shop.example/", True),
        ("https://shop.example/?a=1&amp;b=2", "https://shop.example/?a=1&b=2", True),
        ("https://shop.example/?a=1", "https://shop.example/?a=2", False),
        ("https://[half", " https://[half ", True),
    ],
)
def test_addresses(a: str, b: str, same: bool) -> None:
    assert (common(a) == common(b)) is same


def test_percentages() -> None:
    assert [percent(each) for each in (1 / 6, 0.5, 0, 1, 0.001)] == ["16.67%", "50%", "0%", "100%", "0.1%"]
