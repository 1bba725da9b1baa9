"""Reporting in to the community one lives in: submit, sign, return, move, end."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Notification, User
from communities.actions.member_report_ins import (
    MemberReportInRefused,
    end_member_report_in,
    return_member_report_in,
    sign_member_report_in,
    submit_member_report_in,
    update_member_report_in,
)
from communities.models import Community, MemberReportIn, Organization
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MemberReportInFactory,
    MembershipFactory,
    OrganizationFactory,
    ServicePostFactory,
)

pytestmark = pytest.mark.django_db

State = MemberReportIn.State
NOON = datetime(2026, 5, 6, 12, tzinfo=timezone.get_default_timezone())
TODAY = date(2026, 5, 6)
ONE_DAY = timedelta(days=1)


@pytest.fixture
def official(community):
    return MembershipFactory(role="community", community=community).user


def submit(community, by, **told):
    return submit_member_report_in(community=community, by=by, now=NOON, **told)


def sign(report_in, by=None, now=NOON):
    return sign_member_report_in(report_in=report_in, by=by or UserFactory(), now=now)


def days_of(report_in):
    report_in.refresh_from_db()
    return report_in.state, report_in.starts_on, report_in.ends_on


def test_submitting_keeps_what_the_person_told(community, stranger):
    post = ServicePostFactory(community=community)
    branch = OrganizationFactory()

    made = submit(
        community,
        stranger,
        organization=branch,
        skills="水电",
        free_times="周末",
        posts=[post],
    )

    made.refresh_from_db()
    assert made.state == State.SUBMITTED
    assert (made.user, made.community) == (stranger, community)
    assert (made.organization, made.skills) == (branch, "水电")
    assert (made.free_times, made.submitted_at) == ("周末", NOON)
    assert list(made.posts.all()) == [post]


def test_submitting_leaves_out_posts_of_other_communities(community, stranger):
    made = submit(community, stranger, posts=[ServicePostFactory()])

    assert list(made.posts.all()) == []


def test_submitting_tells_the_communitys_officials_only(community, stranger, official):
    MembershipFactory(role="community", community=CommunityFactory())
    MembershipFactory(role="street", subdistrict=community.subdistrict)

    made = submit(community, stranger)

    [told] = Notification.objects.all()
    assert told.recipient == official
    assert (told.kind, told.path) == (
        "member_report_in_submitted",
        made.get_absolute_url(),
    )
    assert str(stranger) not in told.title + told.body


def test_submitting_to_ones_own_office_does_not_tell_oneself(community, official):
    submit(community, official)

    assert Notification.objects.count() == 0


def test_audit_lines_do_not_name_the_person(community, stranger):
    submit(community, stranger)

    [line] = AuditEntry.objects.filter(target_type="communities.MemberReportIn")
    assert line.verb == "communities.member_report_in_submitted"
    assert str(stranger) not in line.target_name + str(line.data)


def test_minor_is_refused(community):
    minor = UserFactory(age_band=User.AgeBand.MINOR)

    with pytest.raises(MemberReportInRefused) as refused:
        submit(community, minor)

    assert refused.value.code == "minor"
    assert "志愿者" in str(refused.value)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_second_one_beside_a_waiting_one_is_refused(state, community, stranger):
    MemberReportInFactory(user=stranger, state=state)

    with pytest.raises(MemberReportInRefused) as refused:
        submit(community, stranger)

    assert refused.value.code == "already_waiting"
    assert MemberReportIn.objects.count() == 1


def test_one_for_the_present_home_is_refused(community, stranger):
    MemberReportInFactory(user=stranger, community=community, signed=True)

    with pytest.raises(MemberReportInRefused) as refused:
        submit(community, stranger)

    assert refused.value.code == "already_active"


def test_one_for_a_community_that_ended_is_refused(stranger):
    gone = CommunityFactory(ends_on=TODAY - ONE_DAY, successor=CommunityFactory())

    with pytest.raises(MemberReportInRefused, match="已由"):
        submit(gone, stranger)


def test_one_naming_an_organisation_that_is_over_is_refused(community, stranger):
    branch = OrganizationFactory(state=Organization.State.DISSOLVED)

    with pytest.raises(MemberReportInRefused) as refused:
        submit(community, stranger, organization=branch)

    assert refused.value.code == "organization_over"


def test_signing_makes_it_active_from_that_day_in_beijing(community, official):
    waiting = MemberReportInFactory(community=community)
    after_midnight = datetime(2026, 5, 6, 0, 30, tzinfo=NOON.tzinfo)

    sign(waiting, official, now=after_midnight)

    assert days_of(waiting) == (State.ACTIVE, TODAY, None)
    assert (waiting.answered_by, waiting.answered_at) == (official, after_midnight)


def test_signing_tells_the_person(community, official):
    waiting = MemberReportInFactory(community=community)

    sign(waiting, official)

    [told] = Notification.objects.filter(recipient=waiting.user)
    assert told.kind == "member_report_in_signed"


def test_signing_withdraws_the_mail_to_the_other_official(community, official):
    other = MembershipFactory(role="community", community=community).user
    waiting = submit(community, UserFactory())

    sign(waiting, official)

    asked = Notification.objects.get(recipient=other)
    assert asked.outbox_state == Notification.OutboxState.DROPPED
    assert mail.outbox == []


def test_official_does_not_sign_their_own(community, official):
    own = MemberReportInFactory(community=community, user=official)

    with pytest.raises(MemberReportInRefused) as refused:
        sign(own, official)

    assert refused.value.code == "own"
    assert days_of(own)[0] == State.SUBMITTED


def test_official_does_not_return_their_own(community, official):
    own = MemberReportInFactory(community=community, user=official)

    with pytest.raises(MemberReportInRefused):
        return_member_report_in(report_in=own, reason="示例", by=official, now=NOON)


@pytest.mark.parametrize("state", [State.RETURNED, State.ENDED, State.ACTIVE])
def test_what_does_not_wait_is_not_signed(state):
    days = {"starts_on": TODAY} if state == State.ACTIVE else {}
    row = MemberReportInFactory(state=state, **days)

    with pytest.raises(MemberReportInRefused) as refused:
        sign(row)

    assert refused.value.code == "not_waiting"


def test_moving_ends_the_old_home_the_day_before(stranger):
    old = MemberReportInFactory(user=stranger, signed=True)
    new = submit(CommunityFactory(), stranger)

    sign(new)

    assert days_of(old) == (State.TRANSFERRED, date(2026, 1, 1), TODAY - ONE_DAY)
    assert days_of(new) == (State.ACTIVE, TODAY, None)


def test_old_home_stays_active_until_the_new_one_signs(stranger):
    old = MemberReportInFactory(user=stranger, signed=True)

    submit(CommunityFactory(), stranger)

    assert days_of(old)[0] == State.ACTIVE


def test_second_move_of_a_day_begins_the_day_after(stranger):
    first = MemberReportInFactory(user=stranger)
    sign(first)
    second = MemberReportInFactory(user=stranger)

    sign(second)

    assert days_of(first) == (State.TRANSFERRED, TODAY, TODAY)
    assert days_of(second) == (State.ACTIVE, TODAY + ONE_DAY, None)


def test_home_after_one_ended_today_begins_tomorrow(stranger):
    old = MemberReportInFactory(user=stranger, signed=True)
    end_member_report_in(report_in=old, by=stranger, now=NOON)
    new = submit(CommunityFactory(), stranger)

    sign(new)

    assert days_of(old) == (State.ENDED, date(2026, 1, 1), TODAY)
    assert days_of(new)[1] == TODAY + ONE_DAY


def test_returned_one_carries_the_reason(community, official):
    waiting = MemberReportInFactory(community=community)

    return_member_report_in(
        report_in=waiting, reason="不住在本社区", by=official, now=NOON
    )

    waiting.refresh_from_db()
    assert (waiting.state, waiting.return_reason) == (State.RETURNED, "不住在本社区")
    [told] = Notification.objects.filter(recipient=waiting.user)
    assert "不住在本社区" in told.body


def test_mended_one_waits_again_and_asks_again(community, stranger, official):
    row = submit(community, stranger)
    return_member_report_in(report_in=row, reason="写清时间", by=official, now=NOON)
    later = NOON + ONE_DAY

    update_member_report_in(
        report_in=row, values={"free_times": "周末"}, by=stranger, now=later
    )

    row.refresh_from_db()
    assert (row.state, row.free_times) == (State.SUBMITTED, "周末")
    assert row.submitted_at == later
    assert Notification.objects.filter(recipient=official).count() == 2


def test_active_one_keeps_its_state_when_skills_change(stranger):
    row = MemberReportInFactory(user=stranger, signed=True)

    update_member_report_in(
        report_in=row, values={"skills": "急救"}, by=stranger, now=NOON
    )

    row.refresh_from_db()
    assert (row.state, row.skills) == (State.ACTIVE, "急救")


def test_ended_one_is_not_changed(stranger):
    row = MemberReportInFactory(user=stranger, state=State.ENDED)

    with pytest.raises(MemberReportInRefused):
        update_member_report_in(report_in=row, values={}, by=stranger, now=NOON)


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED])
def test_waiting_one_is_withdrawn_by_the_person(state, stranger):
    row = MemberReportInFactory(user=stranger, state=state)

    end_member_report_in(report_in=row, by=stranger, now=NOON)

    assert days_of(row) == (State.ENDED, None, None)


def test_one_that_is_over_is_not_ended_again(stranger):
    row = MemberReportInFactory(user=stranger, state=State.ENDED)

    with pytest.raises(MemberReportInRefused):
        end_member_report_in(report_in=row, by=stranger, now=NOON)


def test_one_that_went_to_another_community_meanwhile_is_not_signed(
    community, official
):
    waiting = MemberReportInFactory(community=community)
    seen = MemberReportIn.objects.get(pk=waiting.pk)
    MemberReportIn.objects.filter(pk=waiting.pk).update(
        community=Community.objects.get(pk=CommunityFactory().pk)
    )

    with pytest.raises(MemberReportInRefused) as refused:
        sign(seen, official)

    assert refused.value.code == "handed_over"
