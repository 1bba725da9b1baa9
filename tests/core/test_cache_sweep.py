"""What the cache in the database holds beyond its time is deleted."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from core.cache_sweep import forget_expired

pytestmark = pytest.mark.django_db


def held():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_cache")
        return cursor.fetchone()[0]


def test_expired_values_are_deleted_and_living_ones_kept():
    cache.clear()
    cache.set("short", 1, 60)
    cache.set("long", 2, 600)

    deleted = forget_expired(timezone.now() + timedelta(minutes=5))

    assert (deleted, held(), cache.get("long")) == (1, 1, 2)
