"""The values that are tried, by what they are put into."""

from typing import TypeVar

from django.db import connection

Value = TypeVar("Value")

# Query strings, as they stand in the address ---------------------------------

REFUSED = {
    "NUL": "%00",
    "NUL inside": "a%00b",
    "right-to-left override": "%E2%80%AE%E6%96%87",
    "isolate": "%E2%81%A6",
    "C1 control": "%C2%85",
    "line break": "a%0D%0Ab",
}
SPELLED = {
    "surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE",
    "quotes": "%27%22%5C%25_%28",
    "ten kilobytes": "x" * 10240,
}
WORDS = {"not a number": "abc", "object": "%7B%22a%22%3A1%7D"}
FIGURES = {
    "twenty digits": "99999999999999999999",
    "beyond int4": "2147483648",
    "five thousand digits": "9" * 5000,
    "minus one": "-1",
    "zero": "0",
    "float": "1e400",
    "other digits": "%D9%A3",
}
DAYS = {"year 0": "0000-01-01", "year 9999": "9999-12-31"}
CURSORS = {
    "after year 0": "0000-01-01T00:00:00%2B00:00_1",
    "after year 1": "0001-01-01T00:00:00%2B14:00_1",
    "after too far": "2026-01-01T00:00:00%2B08:00_99999999999999999999",
    "after garbage": "2026_x_y",
}
ODD = {**SPELLED, **WORDS, **FIGURES, **DAYS, **CURSORS}
ODD_FOR = {
    "text": SPELLED | {"twenty digits": FIGURES["twenty digits"]},
    "choice": SPELLED | WORDS,
    "flag": SPELLED,
    "page": FIGURES | WORDS,
    "number": SPELLED | WORDS | FIGURES,
    "day": SPELLED | WORDS | FIGURES | DAYS,
}
FEW = ("surrogate", "twenty digits", "ten kilobytes")

# Fields of posted forms -------------------------------------------------------

CONTROLS = {
    "NUL": "甲\x00乙",
    "override": "甲\u202e乙",
    "zero width": "甲\u200b乙",
    "escape": "甲\x1b乙",
}
TEXTS = {**CONTROLS, "ten kilobytes": "甲" * 10240}
NUMBERS = {
    "NUL": "1\x00",
    "word": "abc",
    "minus one": "-1",
    "beyond int4": "2147483648",
    "twenty digits": "9" * 20,
    "five thousand digits": "9" * 5000,
    "infinite": "1e400",
}
COUNTS = {title: value for title, value in NUMBERS.items() if title != "word"}
KEYS = {**NUMBERS, "beyond int8": str(2**63), "list": "[1]", "zero": "0"}
MOMENTS = {
    "NUL": "\x00",
    "word": "明天",
    "year 0": "0000-01-01T00:00",
    "year 1": "0001-01-01T00:00",
    "year 9999": "9999-12-31T23:59",
    "32 November": "2026-11-32T09:00",
    "with zone": "0001-01-01T00:00+14:00",
    "ten kilobytes": "2" * 10240,
}

# Numbers in a path ------------------------------------------------------------

NUMBERS_OF_NOTHING = {
    "zero": 0,
    "beyond int4": 2**31,
    "last": 2**63 - 1,
    "beyond int8": 2**63,
    "10^20": 10**20,
    "4000 digits": int("9" * 4000),
}

# Databases --------------------------------------------------------------------

# What a column or a clause of the database may see, where the two databases differ in
# what they take: width of integers, years, offsets, encodings, patterns. All else is
# refused or read as plain text before, and is tried on SQLite alone.
OF_THE_DATABASE = {
    "NUL",
    "surrogate",
    "broken UTF-8",
    "quotes",
    "twenty digits",
    "beyond int4",
    "minus one",
    "float",
    "other digits",
    "last",
    "beyond int8",
    "4000 digits",
    *DAYS,
    *CURSORS,
}


def here(values: dict[str, Value]) -> dict[str, Value]:
    """The values to try on this database: all on SQLite, else those it may see."""
    if connection.vendor == "sqlite":
        return values
    return {title: values[title] for title in values if title in OF_THE_DATABASE}
