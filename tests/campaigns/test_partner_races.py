"""Joint owners and details change while somebody else decides about the activity."""

from functools import partial

import pytest
from django.utils import timezone

from campaigns.actions import ActivityRefused, NotEditable, submit_activity
from campaigns.actions.details import save_study
from campaigns.actions.partners import answer_partner, invite_partner
from campaigns.actions.reviews import review_activity
from campaigns.models import Activity, ActivityPartner
from core.errors import RuleError
from tests.communities.trees import Kind, change, committee
from tests.factories.accounts import UserFactory
from tests.factories.activities import ActivityPartnerFactory, StudySessionFactory
from tests.factories.campaigns import ActivityFactory, PastActivityFactory
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
State = ActivityPartner.State


def answer(call):
    try:
        return call()
    except RuleError as error:
        return error


def test_confirmation_sent_while_the_office_approves_is_refused():
    submitted = PastActivityFactory(
        state="submitted", submitted_by=UserFactory(), submitted_at=timezone.now()
    )
    asked = ActivityPartnerFactory(activity=submitted)
    approve = partial(
        review_activity, activity=submitted, decision="approved", by=UserFactory()
    )
    confirm = partial(answer_partner, partner=asked, confirms=True, by=UserFactory())

    with before_commit_of(approve) as start:
        confirming = start(partial(answer, confirm))

    assert isinstance(confirming.result(timeout=20), ActivityRefused)
    asked.refresh_from_db()
    assert asked.state == State.INVITED


def test_two_answers_at_once_leave_the_first():
    asked = ActivityPartnerFactory()
    confirm, decline = (
        partial(answer_partner, partner=asked, confirms=confirms, by=UserFactory())
        for confirms in (True, False)
    )

    with before_commit_of(confirm) as start:
        declining = start(partial(answer, decline))

    assert isinstance(declining.result(timeout=20), RuleError)
    asked.refresh_from_db()
    assert asked.state == State.CONFIRMED


def test_invitation_sent_while_the_organisation_merges_is_refused():
    old = committee()
    new = committee(old.parent)
    activity = ActivityFactory()
    invite = partial(
        invite_partner, activity=activity, organization=old, by=UserFactory()
    )

    with before_commit_of(partial(change, old, Kind.MERGE, successor=new.pk)) as start:
        inviting = start(partial(answer, invite))

    assert "已合并" in str(inviting.result(timeout=20))
    assert ActivityPartner.objects.count() == 0


def test_study_session_saved_while_it_is_handed_in_is_refused():
    study = StudySessionFactory(
        activity=PastActivityFactory(participant_count=3), topic="示例主题"
    )
    initiative = study.activity.initiative
    initiative.photos_wanted = 0
    initiative.save()
    submit = partial(submit_activity, activity=study.activity, by=UserFactory())
    change_it = partial(
        save_study, activity=study.activity, values={"host": "新"}, by=UserFactory()
    )

    with before_commit_of(submit) as start:
        saving = start(partial(answer, change_it))

    assert isinstance(saving.result(timeout=20), NotEditable)
    study.refresh_from_db()
    assert (study.host, Activity.objects.get().state) == ("示例主持人", "submitted")
