"""Running numbers, given under a lock."""

from django.db import transaction
from django.db.models import F

from core.models import NumberSeries


def next_number(series: str) -> int:
    """The next number of a series, 1 upward, without gaps.

    Call it inside the transaction that uses the number: the row stays locked until
    that ends, so a number taken back by a rollback is given again.
    """
    with transaction.atomic():
        NumberSeries.objects.bulk_create(
            [NumberSeries(name=series)], ignore_conflicts=True
        )
        NumberSeries.objects.filter(name=series).update(last=F("last") + 1)
        return NumberSeries.objects.get(name=series).last
