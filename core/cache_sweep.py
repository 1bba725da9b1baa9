"""The cache in the database, rid of what is over (decision 1)."""

from datetime import datetime

from django.conf import settings
from django.db import connection


def forget_expired(now: datetime) -> int:
    """Delete cached values whose time is over; returns how many.

    Django does so only beyond MAX_ENTRIES, and then takes living ones along: kept
    pages would fill the disk first, and push out the limits on attempts.
    """
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608 (our own setting)
            [connection.ops.adapt_datetimefield_value(now)],
        )
        return cursor.rowcount
