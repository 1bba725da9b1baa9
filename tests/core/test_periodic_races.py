"""Many workers claim one slot: one of them gets it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from core.models import PeriodicJob
from core.periodic import claim

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS = 20
NAME = "tests.periodic"


@pytest.fixture(autouse=True)
def schedule(settings):
    settings.CELERY_BEAT_SCHEDULE = {"test": {"task": NAME, "schedule": 60}}


def claims_at_once(now):
    """What each of many callers is told, all of them claiming at one moment."""
    start = Barrier(CALLERS)

    def call(number):
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            return claim(NAME, by=str(number), now=now)
        finally:
            connection.close()

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(call, range(CALLERS)))


@pytest.mark.parametrize("has_run_before", [False, True], ids=["first run", "later"])
def test_claim_of_many_callers_is_given_to_one(has_run_before):
    if has_run_before:
        PeriodicJob.objects.create(name=NAME)

    claims = claims_at_once(timezone.now())

    job = PeriodicJob.objects.get()
    assert (sum(claims), job.runs) == (1, 1)
    assert claims[int(job.claimed_by)]
