"""What rows say, as a short text that is another one once they say anything else."""

import hashlib

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

Question = tuple[str, tuple]


def fingerprint(*sources: models.QuerySet | Question) -> str:
    """One text for the values of these `values_list` querysets, in their order.

    Asks once for all of them; PostgreSQL sends no row. For the keys of what is kept
    in the cache: nobody who changes a row has to think of it. A source may come
    already `compiled`.
    """
    found = [one if isinstance(one, tuple) else compiled(one) for one in sources]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sums = ", ".join(
                f"(SELECT md5(string_agg(r::text, chr(10))) FROM ({sql}) r)"  # noqa: S608 (Django's own SQL)
                for sql, _params in found
            )
            params = [one for _sql, each in found for one in each]
            cursor.execute(f"SELECT {sums}", params)
            said = cursor.fetchone()
        else:
            said = [cursor.execute(*one).fetchall() for one in found]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def compiled(rows: models.QuerySet) -> Question:
    """The SQL of a queryset; worth keeping when it is asked again and again."""
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 0", ()
