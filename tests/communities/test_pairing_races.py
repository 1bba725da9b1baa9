"""Two officials publish the same notice in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from communities.actions import import_pairings
from communities.imports.pairings import OPTIONAL, SourceRow
from communities.models import Pairing, PairingNotice
from tests.communities.registers import small_register

PAIRS = [("区总工会", "湖内社区"), ("区委办公室", "松州村")]


def rows(pairs):
    blank = dict.fromkeys(OPTIONAL, "")
    return [
        SourceRow(number, {"unit": unit, "community": community, **blank})
        for number, (unit, community) in enumerate(pairs, 2)
    ]


@pytest.mark.django_db(transaction=True)
def test_one_of_two_at_once_creates_and_the_other_finds_all_standing():
    small_register()
    barrier = Barrier(2)

    def publish(pairs):
        try:
            barrier.wait(timeout=10)
            plan = import_pairings(
                rows=rows(pairs),
                number="测试1号",
                starts_on=date(2026, 5, 1),
                by=None,
            )
            return plan.counts["created"]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        created = list(pool.map(publish, [PAIRS, PAIRS[::-1]]))

    assert sorted(created) == [0, 2]
    assert Pairing.objects.count() == 2
    assert PairingNotice.objects.count() == 1
