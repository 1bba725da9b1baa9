"""Search over several tables: related names first, then rows by their keys.

Django joins every table it searches, and reads all rows of all of them for a word
that is in none. Here each table is asked by itself; its keys lead over indexes.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import models
from django.utils.text import smart_split, unescape_string_literal

MOST_KEYS = 1000
SIGNS = {"=": "iexact", "^": "istartswith"}


def found_by(
    rows: models.QuerySet, fields: Iterable[str], term: str
) -> models.QuerySet:
    """The rows that have every word of `term` in one of the fields, as Django's."""
    for word in smart_split(term):
        if word[0] in "\"'" and word[0] == word[-1]:
            word = unescape_string_literal(word)
        rows = rows.filter(_condition(rows.model, fields, word))
    return rows


def _condition(model: type[models.Model], fields: Iterable[str], word: str) -> models.Q:
    """That one of the fields has the word; relations by the keys they lead to."""
    found = models.Q()
    related: dict[str, list[str]] = defaultdict(list)
    for field in fields:
        sign = field[0] if field[0] in SIGNS else ""
        first, deeper, rest = field.removeprefix(sign).partition("__")
        if deeper:
            related[first].append(sign + rest)
        else:
            found |= models.Q(**{f"{first}__{SIGNS.get(sign, 'icontains')}": word})
    for name, names in related.items():
        target = model._meta.get_field(name).related_model
        there = target._base_manager.filter(_condition(target, names, word))
        found |= models.Q(**{f"{name}__in": _keys(there.order_by().values("pk"))})
    return found


def _keys(there: models.QuerySet) -> list | models.QuerySet:
    """The keys themselves when they are few, and else the question for them."""
    keys = [row["pk"] for row in there[: MOST_KEYS + 1]]
    return keys if len(keys) <= MOST_KEYS else there
