"""Two officials register the same pairing in the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from communities.actions import import_pairings
from communities.imports.pairings import OPTIONAL, SourceRow
from communities.models import Community, Organization, Pairing
from tests.communities.registers import small_register
from tests.factories.communities import PairingFactory

DAY = date(2026, 5, 1)


def publish():
    cells = {"unit": "区总工会", "community": "湖内社区", **dict.fromkeys(OPTIONAL, "")}
    try:
        plan = import_pairings(
            rows=[SourceRow(2, cells)], number="测试1号", starts_on=DAY, by=None
        )
        return plan.counts
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_the_organisation_and_then_looks_again():
    small_register()
    community = Community.objects.get(name="湖内社区")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            union = Organization.objects.select_for_update().get(name="区总工会党支部")
            PairingFactory(organization=union, community=community)
            importing = pool.submit(publish)
            time.sleep(0.5)
            waited = not importing.done()
        counts = importing.result(timeout=20)

    assert waited
    assert counts == {"created": 0, "stays": 1, "refused": 0}
    assert Pairing.objects.count() == 1
