"""The first of many rows, and how many there are: in one query."""

from django.db import models


class Head(list):
    """The first of some rows; `total` says how many there are in all."""

    total: int = 0


def head_of(rows: models.QuerySet, most: int) -> Head:
    """At most `most` of the rows, in their order, with the number of them all.

    The rows may not be distinct or grouped: the window would count something else.
    """
    head = Head(rows.annotate(in_all=models.Window(models.Count("pk")))[:most])
    head.total = head[0].in_all if head else 0
    return head
