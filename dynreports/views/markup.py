"""HTML built from parts: what is not markup already is text, and is escaped."""

from __future__ import annotations

from html import escape

_VOID = frozenset({"br", "meta"})


class Markup(str):
    """Text that is HTML."""

    __slots__ = ()


def el(tag: str, *inside: str | None, **attributes: str | int | bool | None) -> Markup:
    """Return an element.

    Parameters
    ----------
    tag
        Its name; the code's own, never data.
    inside
        Its content: `Markup` as it is, other text escaped, ``None`` left out.
    attributes
        By name, ``_`` for ``-`` (at the end: dropped, ``class_``). ``None`` and ``False`` are left out,
        ``True`` is an attribute without a value.

    Examples
    --------
    >>> el("th", "<b>", el("br"), scope="row", class_="dr-l", hidden=False)
    '<th scope="row" class="dr-l">&lt;b&gt;<br></th>'
    """
    said = "".join(
        f" {name.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(str(value))}"')
        for name, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Markup(f"<{tag}{said}>")
    return Markup(f"<{tag}{said}>{joined(*inside)}</{tag}>")


def joined(*parts: str | None) -> Markup:
    """Return parts one after the other: markup as it is, text escaped."""
    return Markup(
        "".join(
            each if isinstance(each, Markup) else escape(each, quote=False)
            for each in parts
            if each is not None
        )
    )
