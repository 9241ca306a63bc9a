"""The HTML of a message, made harmless: to be looked at in a frame of its own, with a badge on each link.

Three walls stand between a message and the page around it: what could run or load is taken out (nh3, a
binding to ammonia), the frame is sandboxed, and its content security policy allows neither scripts nor the
network. Links lead nowhere: a frame that follows one would ask the network.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

import nh3

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_TAGS = {
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "center", "code",
    "col", "colgroup", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "li", "main", "mark", "ol", "p", "pre", "s",
    "section", "small", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u", "ul",
}  # fmt: skip
_DROPPED = {"script", "style", "title", "noscript", "template", "svg", "math", "iframe", "object", "head"}
"""Tags that go with all that is in them."""
_ATTRIBUTES = {
    "*": {"align", "bgcolor", "dir", "height", "lang", "style", "title", "valign", "width", "data-variant"},
    "a": {"href"},
    "font": {"color", "face", "size"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "table": {"border", "cellpadding", "cellspacing", "role"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_STYLES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-color", "border-left",
    "border-radius", "border-right", "border-spacing", "border-style", "border-top", "border-width", "color",
    "direction", "display", "font", "font-family", "font-size", "font-style", "font-weight", "height",
    "letter-spacing", "line-height", "list-style-type", "margin", "margin-bottom", "margin-left",
    "margin-right", "margin-top", "max-width", "min-width", "padding", "padding-bottom", "padding-left",
    "padding-right", "padding-top", "text-align", "text-decoration", "text-transform", "vertical-align",
    "white-space", "width", "word-break",
}  # fmt: skip
_LOOK = """
html { color-scheme: light; background: #fff; }
body { margin: 16px; color: #1b1f24; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; height: auto; }
img:not([src]) { outline: 1px dashed #8c959f; padding: 2px 6px; color: #57606a; font-size: 12px; }
a[data-link] { color: #0b57b0; text-decoration: underline; cursor: default; }
a[data-link]::after { margin-inline-start: 4px; padding: 1px 6px; border-radius: 999px; background: #0b6bcb;
  color: #fff; font: 600 11px/1.5 system-ui, sans-serif; text-decoration: none; display: inline-block;
  white-space: nowrap; vertical-align: middle; }
"""
Badges = Mapping[str, str]
"""What stands on the links to an address, by the address in its common form."""


def common(address: str) -> str:
    """Return an address in the form in which logs and messages are compared.

    Examples
    --------
    >>> common("HTTPS://Shop.example/a?b=1&amp;c=2"), common("https://shop.example/")
    ('https://shop.example/a?b=1&c=2', 'https://shop.example')
    """
    plain = unescape(address).strip()
    try:
        parts = urlsplit(plain)
    except ValueError:  # no address at all, such as half of an IPv6 one
        return plain
    host = parts._replace(scheme=parts.scheme.lower(), netloc=parts.netloc.lower())
    return (host if host.path != "/" else host._replace(path="")).geturl()


def framed(html: str, badges: Badges, variant: str | None = None) -> tuple[str, frozenset[str]]:
    """Return a message as a document for a sandboxed frame, and the addresses that it has links to.

    Parameters
    ----------
    html
        What was sent.
    badges
        What to put on the links, by `common` address.
    variant
        Parts that say in ``data-variant`` which variants they are for are left out when this one is not among
        them; ``None``: all parts are shown.
    """
    links: dict[str, int] = {}
    body = nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags=_DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter(links),
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "tel", "data"},
        link_rel=None,
        strip_comments=True,
    )
    body = _ADDRESS.sub(r'data-link="\1"', body)
    rules = [
        f'a[data-link="{number}"]::after {{ content: "{_quoted(badges[address])}"; }}'
        for address, number in links.items()
        if address in badges
    ]
    if variant is not None:
        rules.append(
            f'[data-variant]:not([data-variant~="{_quoted(variant)}"]) {{ display: none !important; }}'
        )
    look = _LOOK + "\n".join(rules)
    document = (
        '<!doctype html><html><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        f"<style>{look}</style></head><body>{body}</body></html>"
    )
    return document, frozenset(links)


_TOKEN = "dr-link-"  # noqa: S105  # no secret: what stands in place of an address
# Even a link to a place in the message would lead away: such a frame has the address of the page around it.
_ADDRESS = re.compile(rf'href="#{_TOKEN}(\d+)"')


def _filter(links: dict[str, int]) -> Callable[[str, str, str], str | None]:
    """Return what puts numbers in place of addresses, and lets in only pictures that the message holds."""

    def keep(_tag: str, attribute: str, value: str) -> str | None:
        if attribute == "href":
            address = common(value)
            if not address.lower().startswith(("http://", "https://", "mailto:", "tel:")):
                return None
            return f"#{_TOKEN}{links.setdefault(address, len(links))}"
        if attribute == "src":
            return value if value.lower().startswith("data:image/") else None
        return value

    return keep


def _quoted(text: str) -> str:
    """Return text as it can stand in a string of a style sheet, inside of a document."""
    return "".join(each if each.isalnum() or each in " .%-_" else f"\\{ord(each):x} " for each in text)
