"""Study sessions and deeds in the form and on the page of an activity."""

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Activity, Deed, StudySession
from tests.factories.activities import (
    DeedFactory,
    DeedInitiativeFactory,
    StudyInitiativeFactory,
    StudySessionFactory,
)
from tests.factories.campaigns import CampaignFactory
from tests.factories.communities import MembershipFactory

pytestmark = pytest.mark.django_db
NEW = reverse("campaigns:activity_create")
STUDY = {"topic": "示例主题", "host": "示例主持人"}
DEED = {"promise": "修好路灯", "promised_for": "2026-05-31"}


@pytest.fixture
def desk(signed_in, unit_official):
    return signed_in(unit_official)


def filled(organization, initiative, **values):
    return {
        "organization": organization.pk,
        "campaign": CampaignFactory().pk,
        "initiative": initiative.pk,
        "title": "示例学习",
        "starts_at": "2026-05-03T09:00",
        "ends_at": "2026-05-03T11:00",
        "place": "示例会议室",
        "risk": "low",
        **values,
    }


def names_of(study):
    return study.names.split("\n") if study.names else []


def test_study_session_is_kept_with_its_activity(desk, organization):
    desk.post(NEW, filled(organization, StudyInitiativeFactory(), **STUDY))

    study = StudySession.objects.get()
    assert (study.topic, study.host, study.activity) == (
        "示例主题",
        "示例主持人",
        Activity.objects.get(),
    )


def test_study_session_takes_names_with_the_tick_and_counts_them(desk, organization):
    names = " 示例甲 \r\n\r\n示例乙\r\n示例甲"
    values = {**STUDY, "names": names, "names_agreed": "on"}

    desk.post(NEW, filled(organization, StudyInitiativeFactory(), **values))

    study = StudySession.objects.get()
    assert names_of(study) == ["示例甲", "示例乙"]
    assert study.activity.participant_count == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        pytest.param({"names": "示例甲"}, "names_agreed", id="no tick"),
        pytest.param(
            {"names": "甲\n乙", "names_agreed": "on", "participant_count": "1"},
            "names",
            id="more than took part",
        ),
        pytest.param({"names": "甲" * 51, "names_agreed": "on"}, "names", id="long"),
        pytest.param({"topic": "甲\x00"}, "topic", id="NUL"),
    ],
)
def test_study_session_names_the_field_in_error(values, field, desk, organization):
    response = desk.post(NEW, filled(organization, StudyInitiativeFactory(), **values))

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        [field],
    )
    assert Activity.objects.count() == 0


def test_names_agreed_before_need_no_tick_for_another_change(desk, organization):
    study = StudySessionFactory(
        activity__organization=organization,
        activity__participant_count=1,
        names="示例甲",
        names_agreed_at=timezone.now(),
    )
    url = reverse("campaigns:activity_edit", args=[study.activity_id])
    form = desk.get(url).context["form"]
    hidden = {f"initial-{f.name}": f.value() or "" for f in form if f.name != "photos"}
    typed = {f.name: f.value() or "" for f in form if f.name != "photos"}

    response = desk.post(url, {**hidden, **typed, "host": "新主持人"})

    study.refresh_from_db()
    assert (response.status_code, study.host, study.names) == (
        302,
        "新主持人",
        "示例甲",
    )


def test_other_kinds_keep_no_study_session(desk, organization):
    values = {**STUDY, **DEED}

    desk.post(NEW, filled(organization, DeedInitiativeFactory(), **values))

    assert (StudySession.objects.count(), Deed.objects.get().promise) == (0, "修好路灯")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        pytest.param({"promise": "修好路灯"}, ["promised_for"], id="no day"),
        pytest.param({**DEED, "done_on": "2026-05-30"}, ["result"], id="no result"),
        pytest.param(
            {"result": "已修好"}, ["promise", "promised_for"], id="result alone"
        ),
        pytest.param({**DEED, "promised_for": "0000"}, ["promised_for"], id="no date"),
    ],
)
def test_deed_names_the_field_in_error(values, fields, desk, organization):
    response = desk.post(NEW, filled(organization, DeedInitiativeFactory(), **values))

    assert (response.status_code, list(response.context["form"].errors)) == (
        422,
        fields,
    )


def page_of(client, activity):
    response = client.get(activity.get_absolute_url())
    return response.content.decode()


def test_names_show_to_those_who_record_alone(
    client, signed_in, desk, office_official, organization
):
    study = StudySessionFactory(
        activity__organization=organization,
        activity__state="approved",
        names="示例记名甲",
        names_agreed_at=timezone.now(),
    )
    auditor = MembershipFactory(role="auditor").user
    readers = [client, signed_in(office_official), signed_in(auditor), desk]

    pages = [page_of(reader, study.activity) for reader in readers]

    assert ["示例学习主题" in page for page in pages] == [True] * 4
    assert ["示例记名甲" in page for page in pages] == [False, False, False, True]


def test_host_shows_to_officials_in_scope_alone(
    client, signed_in, stranger, office_official
):
    study = StudySessionFactory(activity__state="approved", host="示例主持乙")
    readers = [client, signed_in(stranger), signed_in(office_official)]

    pages = [page_of(reader, study.activity) for reader in readers]

    assert ["示例主持乙" in page for page in pages] == [False, False, True]


def test_deed_shows_promise_and_result(client):
    deed = DeedFactory(
        activity__state="approved", done_on="2026-05-30", result="全部修好"
    )

    page = page_of(client, deed.activity)

    words = ["示例承诺", "2026年5月30日", "全部修好"]
    assert [word in page for word in words] == [True] * 3
