"""Issuing certificates: what is certified, once, and what takes its place."""

import re
from datetime import date

import pytest

from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.certificates import (
    CertificateFactory,
    ConfirmedRecordFactory,
    beijing,
)
from tests.factories.volunteers import VolunteerFactory
from volunteers.actions.certificates import (
    CertificateRefused,
    issue_certificate,
    revoke_certificate,
)
from volunteers.models import Certificate, ServiceRecord

pytestmark = pytest.mark.django_db
NOW = beijing(2026, 11, 20)


def issue(volunteer, from_on=date(2026, 1, 1), until_on=date(2026, 11, 20)):
    return issue_certificate(
        volunteer=volunteer,
        from_on=from_on,
        until_on=until_on,
        by=volunteer.user,
        now=NOW,
    )


@pytest.fixture
def volunteer(db):
    return VolunteerFactory(user__display_name="张三丰")


def test_a_certificate_freezes_the_confirmed_records_of_the_period(volunteer):
    held = ConfirmedRecordFactory(volunteer=volunteer, minutes=95, content="清扫街巷")
    ConfirmedRecordFactory()  # another person's
    for state in set(ServiceRecord.State) - {ServiceRecord.State.CONFIRMED}:
        ConfirmedRecordFactory(volunteer=volunteer, state=state)

    certificate = issue(volunteer)

    held.organization.name = "改了名的支部"
    held.organization.save()
    certificate.refresh_from_db()
    assert (certificate.holder_name, certificate.minutes) == ("张三丰", 95)
    assert [line["content"] for line in certificate.lines] == ["清扫街巷"]
    assert certificate.lines[0]["organization"] != "改了名的支部"
    assert list(certificate.records.all()) == [held]
    assert re.fullmatch(r"XC2026-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", str(certificate))


def test_the_days_of_the_period_are_days_in_beijing(volunteer):
    for start in (
        beijing(2026, 4, 30, 23, 59),
        beijing(2026, 5, 1, 0, 0),
        beijing(2026, 5, 31, 23, 59),
        beijing(2026, 6, 1, 0, 0),
    ):
        ConfirmedRecordFactory(volunteer=volunteer, starts_at=start)

    certificate = issue(volunteer, date(2026, 5, 1), date(2026, 5, 31))

    days = [line["day"] for line in certificate.lines]
    assert days == ["2026-05-01", "2026-05-31"]


def test_asking_twice_gives_one_certificate(volunteer):
    ConfirmedRecordFactory(volunteer=volunteer)

    first, second = issue(volunteer), issue(volunteer)

    assert first == second
    assert Certificate.objects.count() == 1
    assert AuditEntry.objects.filter(verb="volunteers.certificate_issued").count() == 1


def test_a_later_one_for_the_period_supersedes_the_first(volunteer):
    ConfirmedRecordFactory(volunteer=volunteer)
    old = issue(volunteer)
    ConfirmedRecordFactory(volunteer=volunteer, starts_at=beijing(2026, 6, 1))

    new = issue(volunteer)

    old.refresh_from_db()
    assert (old.state, new.state) == ("superseded", "issued")
    assert (new.supersedes, new.minutes) == (old, 240)


@pytest.mark.parametrize(
    ("until_on", "words"),
    [
        (date(2026, 11, 20), "没有已确认的服务时长"),
        (date(2025, 1, 1), "不能早于起始日期"),
        (date(2026, 11, 21), "不能晚于今天"),
    ],
    ids=["nothing confirmed", "ends before it starts", "days to come"],
)
def test_a_period_that_cannot_be_certified_is_refused(volunteer, until_on, words):
    with pytest.raises(CertificateRefused, match=words):
        issue(volunteer, until_on=until_on)


def test_the_office_revokes_for_a_reason_once():
    certificate, office = CertificateFactory(), UserFactory()

    def revoke(reason):
        revoke_certificate(certificate=certificate, reason=reason, by=office, now=NOW)

    with pytest.raises(CertificateRefused):
        revoke(" ")
    revoke("记录有误")

    certificate.refresh_from_db()
    assert (certificate.state, certificate.reason) == ("revoked", "记录有误")
