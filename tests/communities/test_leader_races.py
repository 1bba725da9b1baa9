"""Two officials write the same post, link or agreement in the same moment."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from communities.actions.agreements import AgreementRefused, record_agreement
from communities.actions.leader_links import link_leader
from communities.actions.leader_rows import LeaderRefused
from communities.actions.leaders import appoint_leader, end_post
from communities.actions.meetings import MeetingRefused, finish_meeting_action
from communities.models import Agreement, LeaderLink, LeaderTerm
from tests.factories.agreements import MeetingActionFactory
from tests.factories.communities import CommunityFactory, PairingFactory
from tests.factories.leaders import (
    LeaderFactory,
    LeaderLinkFactory,
    LeaderTermFactory,
    LeadingPostFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)

FIRST, LATER, LAST = date(2026, 1, 1), date(2026, 5, 1), date(2026, 12, 31)


def outcome_of(second, refusal):
    """Whether the second call was refused, once the first has been committed."""
    try:
        second.result(timeout=20)
    except refusal:
        return "refused"
    return "done"


def test_post_is_given_to_one_of_two():
    post = LeadingPostFactory()
    first, second = LeaderFactory.create_batch(2, organization=post.organization)

    def appoint(leader):
        return appoint_leader(post=post, leader=leader, starts_on=FIRST, by=None)

    with before_commit_of(lambda: appoint(first)) as start:
        other = start(lambda: appoint(second))
        waited = not other.done()

    assert waited
    assert outcome_of(other, LeaderRefused) == "refused"
    assert [term.leader for term in LeaderTerm.objects.all()] == [first]


def test_post_does_not_end_under_a_new_holder():
    post = LeadingPostFactory()
    leader = LeaderFactory(organization=post.organization)

    with before_commit_of(
        lambda: appoint_leader(post=post, leader=leader, starts_on=LATER, by=None)
    ) as start:
        other = start(lambda: end_post(post=post, last_day=FIRST, by=None))

    assert outcome_of(other, LeaderRefused) == "refused"
    post.refresh_from_db()
    assert post.ends_on is None


def test_link_of_one_slot_goes_to_one_of_two():
    leader = LeaderFactory()
    here, there = CommunityFactory.create_batch(2)

    def link(community):
        return link_leader(
            leader=leader,
            slot=LeaderLink.Slot.COMMUNITY,
            community=community,
            starts_on=FIRST,
            ends_on=LAST,
            by=None,
        )

    with before_commit_of(lambda: link(here)) as start:
        other = start(lambda: link(there))
        waited = not other.done()

    assert waited
    assert outcome_of(other, LeaderRefused) == "refused"
    assert [row.community for row in LeaderLink.objects.all()] == [here]


def test_pair_records_one_of_two_agreements():
    pairing = PairingFactory()

    def record(title):
        return record_agreement(
            organization=pairing.organization,
            community=pairing.community,
            title=title,
            signed_on=FIRST,
            starts_on=FIRST,
            ends_on=LAST,
            summary="共建事项",
            by=None,
        )

    with before_commit_of(lambda: record("先")) as start:
        other = start(lambda: record("后"))

    assert outcome_of(other, AgreementRefused) == "refused"
    assert [row.title for row in Agreement.objects.all()] == ["先"]


def test_agreed_action_is_done_once():
    action = MeetingActionFactory()

    def finish(result):
        return finish_meeting_action(action=action, result=result, by=None)

    with before_commit_of(lambda: finish("先")) as start:
        other = start(lambda: finish("后"))

    assert outcome_of(other, MeetingRefused) == "refused"
    action.refresh_from_db()
    assert action.result == "先"


def overlapping_term():
    held = LeaderTermFactory(ends_on=LAST)
    LeaderTermFactory(post=held.post, starts_on=LATER, ends_on=LAST)


def overlapping_link():
    held = LeaderLinkFactory(ends_on=LAST)
    LeaderLinkFactory(leader=held.leader, starts_on=LATER, ends_on=LAST)


def second_open_term():
    LeaderTermFactory(post=LeaderTermFactory().post, starts_on=LATER)


def second_open_link():
    LeaderLinkFactory(leader=LeaderLinkFactory().leader, starts_on=LATER)


@pytest.mark.parametrize("write", [second_open_term, second_open_link])
def test_second_open_row_is_refused_by_the_database(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write()


@pytest.mark.parametrize("write", [overlapping_term, overlapping_link])
def test_rows_that_overlap_are_refused_by_postgresql_itself(write):
    """SQLite has no such constraint; there the lock is what holds."""
    refused = False
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        refused = True

    assert refused is (connection.vendor == "postgresql")
