"""Two clicks, two communities: a person has one home on any day."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from communities.actions.handovers.member_report_ins import (
    MemberOrganizationHandover,
    MemberReportInHandover,
)
from communities.actions.member_report_ins import (
    end_member_report_in,
    lock_people,
    sign_member_report_in,
    submit_member_report_in,
)
from communities.models import Community, MemberReportIn
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    OrganizationFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)

State = MemberReportIn.State


def submitting(community, person):
    return lambda: submit_member_report_in(
        community=community, by=person, now=timezone.now()
    )


def signing(report_in, official):
    return lambda: sign_member_report_in(
        report_in=report_in, by=official, now=timezone.now()
    )


def merging(old, new):
    """What a merger does to the old community and its members, under its lock."""
    today = timezone.localdate()

    @transaction.atomic
    def merge():
        held = Community.objects.select_for_update().get(pk=old.pk)
        MemberReportInHandover().move(held, new, on=today, by=None)
        held.ends_on, held.successor = today - timedelta(days=1), new
        held.save()

    return merge


def states():
    return sorted(MemberReportIn.objects.values_list("state", flat=True))


def test_one_person_clicking_twice_reports_in_once():
    community, person = CommunityFactory(), UserFactory()

    with before_commit_of(submitting(community, person)) as start:
        again = start(submitting(community, person))

    assert again.exception().code == "already_waiting"
    assert states() == ["submitted"]


def test_one_person_reports_in_to_one_of_two_communities():
    person = UserFactory()
    here, there = CommunityFactory.create_batch(2)

    with before_commit_of(submitting(here, person)) as start:
        late = start(submitting(there, person))

    assert late.exception().code == "already_waiting"
    assert MemberReportIn.objects.count() == 1


def test_two_officials_sign_once():
    waiting = MemberReportInFactory()
    first, second = UserFactory.create_batch(2)

    with before_commit_of(signing(waiting, first)) as start:
        late = start(signing(waiting, second))

    assert late.exception().code == "not_waiting"
    assert states() == ["active"]


def test_signing_in_two_communities_leaves_one_home():
    person, official, community = UserFactory(), UserFactory(), CommunityFactory()
    MemberReportInFactory(user=person, signed=True)
    waiting = MemberReportInFactory(user=person)

    with before_commit_of(signing(waiting, official)) as start:
        late = start(submitting(community, person))
    sign_member_report_in(report_in=late.result(), by=official, now=timezone.now())

    assert states() == ["active", "transferred", "transferred"]


def test_one_being_withdrawn_is_not_signed():
    waiting, official = MemberReportInFactory(), UserFactory()

    def withdrawing():
        end_member_report_in(report_in=waiting, by=waiting.user, now=timezone.now())

    with before_commit_of(withdrawing) as start:
        late = start(signing(waiting, official))

    assert late.exception().code == "not_waiting"
    assert states() == ["ended"]


def test_one_going_to_the_successor_is_not_signed_by_the_old_community():
    waiting, official = MemberReportInFactory(), UserFactory()
    successor = CommunityFactory()

    with before_commit_of(merging(waiting.community, successor)) as start:
        late = start(signing(waiting, official))

    assert late.exception().code == "handed_over"
    assert states() == ["submitted"]


def test_nobody_reports_in_to_a_community_being_merged():
    old, new = CommunityFactory.create_batch(2)
    person = UserFactory()

    with before_commit_of(merging(old, new)) as start:
        late = start(submitting(old, person))

    assert late.exception().code == "community_ended"
    assert MemberReportIn.objects.count() == 0


def test_who_is_signed_before_the_merger_goes_along():
    waiting, official = MemberReportInFactory(), UserFactory()
    successor = CommunityFactory()

    with before_commit_of(signing(waiting, official)) as start:
        late = start(merging(waiting.community, successor))

    assert late.exception() is None
    row = MemberReportIn.objects.get(state=State.ACTIVE)
    assert (row.user, row.community) == (waiting.user, successor)


def test_signing_a_move_and_merging_the_unit_wait_for_each_other():
    unit, successor = OrganizationFactory.create_batch(2)
    home = MemberReportInFactory(organization=unit, signed=True)
    moving = MemberReportInFactory(organization=unit, user=home.user)

    @transaction.atomic
    def merging_the_unit():
        MemberOrganizationHandover().move(
            unit, successor, on=timezone.localdate(), by=None
        )

    def locking(row):
        return lambda: MemberReportIn.objects.select_for_update().get(pk=row.pk)

    def beginning_to_sign():
        lock_people([home.user_id])
        locking(moving)()

    with before_commit_of(beginning_to_sign) as start:
        late = start(merging_the_unit)
        locking(home)()

    assert late.exception() is None
    assert set(MemberReportIn.objects.values_list("organization", flat=True)) == {
        successor.pk
    }
