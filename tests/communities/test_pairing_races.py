"""Two officials write pairings in the same moment."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from communities.actions import import_pairings
from communities.actions.notices import withdraw_notice
from communities.actions.pairings import PairingsRefused, end_pairing
from communities.imports.pairings import OPTIONAL, SourceRow
from communities.models import Community, Organization, Pairing, PairingNotice
from tests.communities.notices import (
    DAY,
    MAY_1,
    SUPPLEMENT,
    place,
    publish,
    unit,
)
from tests.communities.registers import small_register
from tests.factories.communities import PairingFactory
from tests.threads import before_commit_of

DAY_OF_NOTICE = date(2026, 5, 1)
UNION, OFFICE = "区总工会", "区委办公室"
A, B = "湖内社区", "和平里社区"


def publish_plainly():
    cells = {"unit": UNION, "community": A, **dict.fromkeys(OPTIONAL, "")}
    try:
        plan = import_pairings(
            rows=[SourceRow(2, cells)],
            number="测试1号",
            starts_on=DAY_OF_NOTICE,
            by=None,
        )
        return plan.counts
    finally:
        connection.close()


def held_on(day=MAY_1):
    rows = Pairing.objects.on(day)
    pairs = rows.values_list("organization__unit_name", "community__name")
    return sorted(pairs)


@pytest.mark.django_db(transaction=True)
def test_an_import_waits_for_the_organisation_and_then_looks_again():
    small_register()
    community = Community.objects.get(name=A)

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            union = Organization.objects.select_for_update().get(name="区总工会党支部")
            PairingFactory(organization=union, community=community)
            importing = pool.submit(publish_plainly)
            time.sleep(0.5)
            waited = not importing.done()
        counts = importing.result(timeout=20)

    assert waited
    assert counts == {"created": 0, "stays": 1, "refused": 0}
    assert Pairing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_notices_for_one_pair_make_one_pairing():
    small_register()

    with before_commit_of(
        lambda: publish((UNION, A), number="甲1号", kind=SUPPLEMENT)
    ) as start:
        second = start(
            lambda: publish(
                (UNION, A), number="乙2号", kind=SUPPLEMENT, starts_on=MAY_1 + DAY
            )
        )
    second.result(timeout=20)

    assert Pairing.objects.count() == 1
    assert list(PairingNotice.objects.values_list("number", flat=True)) == ["甲1号"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(OFFICE, B)], [(OFFICE, B)]),
        ([(UNION, A), (OFFICE, B)], [(OFFICE, B), (UNION, A)]),
    ],
    ids=["left-out", "named"],
)
def test_a_whole_notice_sees_the_supplement_it_waited_for(rows, expected):
    small_register()

    with before_commit_of(
        lambda: publish((UNION, A), number="甲1号", kind=SUPPLEMENT)
    ) as start:
        second = start(lambda: publish(*rows, number="乙2号"))
    second.result(timeout=20)

    assert held_on() == expected


@pytest.mark.django_db(transaction=True)
def test_of_two_whole_notices_at_once_the_second_ends_what_the_first_began():
    small_register()

    with before_commit_of(lambda: publish((UNION, A), number="甲1号")) as start:
        second = start(lambda: publish((OFFICE, B), number="乙2号"))
    second.result(timeout=20)

    assert held_on() == [(OFFICE, B)]


@pytest.mark.django_db(transaction=True)
def test_a_supplement_looks_again_after_the_whole_notice_it_waited_for():
    small_register()
    PairingFactory(organization=unit(UNION), community=place(A))

    with before_commit_of(lambda: publish((OFFICE, B), number="甲1号")) as start:
        second = start(lambda: publish((UNION, A), number="乙2号", kind=SUPPLEMENT))
    second.result(timeout=20)

    assert held_on() == [(OFFICE, B), (UNION, A)]
    assert Pairing.objects.filter(community__name=A).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_pairing_ended_while_its_notice_is_withdrawn_stays_ended():
    small_register()
    held = PairingFactory(organization=unit(UNION), community=place(A))
    today = timezone.localdate()
    notice = publish((OFFICE, B), starts_on=today + timedelta(days=30))

    with before_commit_of(
        lambda: end_pairing(pairing=held, last_day=today, reason="撤销", by=None)
    ) as start:
        second = start(lambda: withdraw_notice(notice=notice, reason="有误", by=None))
    second.result(timeout=20)

    held.refresh_from_db()
    assert held.ends_on == today


@pytest.mark.django_db
def test_the_database_refuses_two_open_rows_of_a_pair():
    held = PairingFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        PairingFactory(
            organization=held.organization,
            community=held.community,
            starts_on=MAY_1,
        )


@pytest.mark.django_db
def test_what_the_database_refuses_is_told_in_words(monkeypatch):
    small_register()
    publish((UNION, A), number="甲1号", kind=SUPPLEMENT)

    # As if the row had come between looking and writing.
    monkeypatch.setattr(
        Pairing.objects.__class__, "overlapping", lambda *args: Pairing.objects.none()
    )

    with pytest.raises(PairingsRefused, match="有人同时登记"):
        publish((UNION, A), number="乙2号", kind=SUPPLEMENT, starts_on=MAY_1 + DAY)
