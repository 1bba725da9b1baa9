"""Study sessions: what is kept, who is named, what the log says."""

import pytest

from campaigns.actions import ActivityRefused, NotEditable
from campaigns.actions.details import save_study
from campaigns.models import StudySession
from core.audit import history_of
from core.models import AuditEntry
from tests.factories.accounts import UserFactory
from tests.factories.activities import StudyInitiativeFactory, StudySessionFactory
from tests.factories.campaigns import ActivityFactory

pytestmark = pytest.mark.django_db
NAMES = "示例甲\n示例乙\n示例丙"


@pytest.fixture
def official(db):
    return UserFactory()


@pytest.fixture
def activity(db):
    return ActivityFactory(initiative=StudyInitiativeFactory())


def named(activity, official, names=NAMES):
    return save_study(
        activity=activity, values={"names": names}, are_names_agreed=True, by=official
    )


def test_save_study_keeps_it_and_records_the_fields(activity, official):
    save_study(
        activity=activity, values={"topic": "示例主题", "host": "示例人"}, by=official
    )

    study = StudySession.objects.get()
    assert (study.activity, study.topic, study.host) == (activity, "示例主题", "示例人")
    [entry] = history_of(activity)
    assert (entry.actor_id, entry.data) == (official.pk, {"fields": ["topic", "host"]})


def test_save_study_changes_only_what_it_is_given(official):
    study = StudySessionFactory(topic="旧主题", host="旧主持人")

    save_study(activity=study.activity, values={"host": "新主持人"}, by=official)

    study.refresh_from_db()
    assert (study.topic, study.host) == ("旧主题", "新主持人")


@pytest.mark.parametrize("values", [{}, {"topic": "", "names": ""}])
def test_save_study_without_anything_to_keep_writes_nothing(values, activity, official):
    kept = save_study(activity=activity, values=values, by=official)

    assert (kept, StudySession.objects.count(), history_of(activity).count()) == (
        None,
        0,
        0,
    )


def test_save_study_with_names_says_who_confirmed_and_when(activity, official):
    study = named(activity, official)

    assert (study.names_agreed_by, study.name_list) == (
        official,
        ["示例甲", "示例乙", "示例丙"],
    )
    assert study.names_agreed_at is not None


def test_save_study_with_names_nobody_confirmed_is_refused(activity, official):
    with pytest.raises(ActivityRefused, match="本人同意"):
        save_study(activity=activity, values={"names": NAMES}, by=official)

    assert StudySession.objects.count() == 0


def test_save_study_never_writes_names_to_the_log(activity, official):
    named(activity, official)

    texts = [f"{row.target_name}{row.data}" for row in AuditEntry.objects.all()]
    assert [name for name in NAMES.split() if name in "".join(texts)] == []


def test_save_study_takes_the_number_from_the_names(activity, official):
    named(activity, official)

    activity.refresh_from_db()
    assert activity.participant_count == 3


def test_save_study_with_more_names_than_people_is_refused(activity, official):
    activity.participant_count = 2
    activity.save()

    with pytest.raises(ActivityRefused, match="不能多于参加人数"):
        named(activity, official)

    assert StudySession.objects.count() == 0


def test_save_study_with_fewer_names_than_people_keeps_the_number(activity, official):
    activity.participant_count = 30
    activity.save()

    named(activity, official)

    activity.refresh_from_db()
    assert activity.participant_count == 30


def test_save_study_without_names_forgets_who_confirmed(activity, official):
    named(activity, official)

    study = save_study(activity=activity, values={"names": ""}, by=official)

    assert (study.names_agreed_at, study.names_agreed_by) == (None, None)


@pytest.mark.parametrize("state", ["submitted", "approved", "cancelled"])
def test_save_study_of_a_closed_activity_is_refused(state, official):
    study = StudySessionFactory(activity__state=state)

    with pytest.raises(NotEditable):
        save_study(activity=study.activity, values={"topic": "新主题"}, by=official)

    study.refresh_from_db()
    assert study.topic == "示例学习主题"
