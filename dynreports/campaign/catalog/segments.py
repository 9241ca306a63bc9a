"""Who is of which age: in years on the day of the event; generations go by the year of birth."""

from __future__ import annotations

from dynreports.semantics.component import Segment
from dynreports.semantics.predicate import And, Predicate, field

_AGE, _BORN = field("age"), field("birth_year")


def _age(name: str, id: str, where: Predicate, who: str) -> Segment:
    return Segment(f"Age: {name}", where, id, description=f"Recipients {who}.")


SEGMENTS = (
    _age("Silent Generation", "silent", _BORN <= 1945, "born in 1945 or before"),
    _age("Boomers 1", "boomers1", _BORN.between(1946, 1954), "born from 1946 to 1954"),
    _age("Boomers 2", "boomers2", _BORN.between(1955, 1965), "born from 1955 to 1965"),
    _age("Generation X", "genX", _BORN.between(1966, 1976), "born from 1966 to 1976"),
    _age("Generation Y (Millennials)", "genY", _BORN.between(1977, 1994), "born from 1977 to 1994"),
    _age("Generation Z", "genZ", _BORN >= 1995, "born in 1995 or after"),
    _age("From 18 to 25", "a18_25", _AGE.between(18, 25), "who were 18 to 25 years old on the day"),
    _age("From 26 to 30", "a26_30", _AGE.between(26, 30), "who were 26 to 30 years old on the day"),
    _age("From 31 to 40", "a31_40", _AGE.between(31, 40), "who were 31 to 40 years old on the day"),
    _age("From 41 to 50", "a41_50", _AGE.between(41, 50), "who were 41 to 50 years old on the day"),
    _age("Greater than 50", "gt50", _AGE > 50, "who were 51 years or older on the day"),
    _age("Less than 25", "lt25", _AGE < 25, "who were 24 years or younger on the day"),
    _age("Less than 30", "lt30", _AGE < 30, "who were 29 years or younger on the day"),
    _age("Less than 40", "lt40", _AGE < 40, "who were 39 years or younger on the day"),
    _age("Less than 50", "lt50", _AGE < 50, "who were 49 years or younger on the day"),
    Segment(
        "All recipients", And(()), "all", description="Everyone, also those whose date of birth is not known."
    ),
)
