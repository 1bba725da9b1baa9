"""Pages of joint meetings: list, record, what was agreed on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions.meetings import finish_meeting_action
from communities.models import JointMeeting
from tests.factories.agreements import JointMeetingFactory, MeetingActionFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)

pytestmark = pytest.mark.django_db

LIST = reverse("communities:meeting_list")
TODAY = timezone.localdate()
DAY = timedelta(days=1)


def page_of(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def pairing(organization, community):
    return PairingFactory(organization=organization, community=community)


@pytest.fixture
def meeting(pairing):
    return JointMeetingFactory(
        community=pairing.community, organizations=[pairing.organization]
    )


@pytest.fixture
def community_official(community):
    return MembershipFactory(role="community", community=community).user


def typed(pairing, *agreed, **values):
    rows = {
        f"agreed-{number}-{name}": value
        for number, row in enumerate(agreed)
        for name, value in row.items()
    }
    return {
        "title": "第二季度联席会议",
        "held_on": TODAY.isoformat(),
        "place": "会议室",
        "organizations": [pairing.organization_id],
        "record": "纪要",
        "agreed-TOTAL_FORMS": 5,
        "agreed-INITIAL_FORMS": 0,
        **rows,
        **values,
    }


def row(pairing=None, text="修路灯", due_on=None):
    owner = pairing.organization_id if pairing else ""
    due_on = (due_on or TODAY + 30 * DAY).isoformat()
    return {"text": text, "owner": owner, "due_on": due_on}


@pytest.mark.parametrize("role", ["unit", "street", "community", "office", "auditor"])
def test_officials_see_meetings_of_their_scope(signed_in, meeting, pairing, role):
    other = JointMeetingFactory()
    scope = {
        "unit": {"organization": pairing.organization},
        "street": {"subdistrict": pairing.community.subdistrict},
        "community": {"community": pairing.community},
    }.get(role, {})
    client = signed_in(MembershipFactory(role=role, **scope).user)

    rows = set(client.get(LIST).context["page"])

    sees_all = role in {"office", "auditor"}
    assert rows == ({meeting, other} if sees_all else {meeting})
    answer = client.get(other.get_absolute_url()).status_code
    assert answer == (200 if sees_all else 404)


def test_unit_that_acts_for_a_meeting_sees_it_once(signed_in, meeting, unit_official):
    mine = MeetingActionFactory.create_batch(2, owner=meeting.organizations.get())

    rows = list(signed_in(unit_official).get(LIST).context["page"])

    assert sorted(row.pk for row in rows) == sorted(
        [meeting.pk, *[action.meeting_id for action in mine]]
    )


def test_list_counts_what_is_open_and_late(signed_in, office_official, meeting):
    MeetingActionFactory(meeting=meeting, due_on=TODAY)
    MeetingActionFactory(meeting=meeting, due_on=TODAY - DAY)
    done = MeetingActionFactory(meeting=meeting, due_on=TODAY - DAY)
    finish_meeting_action(action=done, result="好", by=None)
    JointMeetingFactory()
    client = signed_in(office_official)

    [found] = client.get(LIST, {"only_open": "on"}).context["page"]

    assert (found.open_count, found.overdue_count) == (2, 1)
    assert [row.pk for row in client.get(LIST, {"text": meeting.title}).context["page"]]


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(
    signed_in, office_official, django_assert_num_queries, count
):
    JointMeetingFactory.create_batch(count)
    client = signed_in(office_official)

    # Session, user, roles, unread messages; count, rows, names.
    with django_assert_num_queries(7):
        client.get(LIST)


def test_community_records_a_meeting_with_several_actions(
    signed_in, community_official, pairing
):
    client = signed_in(community_official)
    rows = [row(pairing), row(text="发通知"), {}, row(text="清理小广告")]

    response = client.post(
        page_of("meeting_create", pairing.community_id), typed(pairing, *rows)
    )

    meeting = JointMeeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert list(
        meeting.meeting_actions.order_by("pk").values_list("text", "owner")
    ) == [
        ("修路灯", pairing.organization_id),
        ("发通知", None),
        ("清理小广告", None),
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"held_on": (TODAY + DAY).isoformat()}, "还没有召开"),
        ({"organizations": []}, "请选择一项"),
        ({"agreed-0-due_on": ""}, "请填写这一项"),
        ({"agreed-0-due_on": "2020-01-01"}, "早于会议日期"),
        ({"agreed-0-owner": "999999"}, "这个选项不能选了"),
        ({"agreed-TOTAL_FORMS": "x"}, "页面不完整"),
        ({"record": "长" * 2001}, "2000"),
    ],
    ids=["to-come", "nobody", "no-day", "early", "stranger", "no-formset", "long"],
)
def test_bad_record_comes_back_with_words(
    signed_in, community_official, pairing, change, words
):
    response = signed_in(community_official).post(
        page_of("meeting_create", pairing.community_id),
        typed(pairing, row(pairing)) | change,
    )

    assert response.status_code == 422
    assert words in response.content.decode()
    assert not JointMeeting.objects.exists()


def test_more_rows_than_the_form_has_are_refused(
    signed_in, community_official, pairing
):
    rows = [row(text=f"第{number}件") for number in range(6)]

    response = signed_in(community_official).post(
        page_of("meeting_create", pairing.community_id),
        typed(pairing, *rows) | {"agreed-TOTAL_FORMS": 1000},
    )

    assert response.status_code == 422


@pytest.mark.parametrize("role", ["unit", "office", "other"])
def test_only_the_community_itself_records(signed_in, pairing, role):
    scope = {
        "unit": {"organization": pairing.organization},
        "other": {"community": CommunityFactory()},
    }.get(role, {})
    user = MembershipFactory(
        role="community" if role == "other" else role, **scope
    ).user

    response = signed_in(user).post(
        page_of("meeting_create", pairing.community_id), typed(pairing)
    )

    assert response.status_code == 403


def test_meeting_shows_who_came_what_is_late_and_what_came_of_it(
    signed_in, community_official, meeting
):
    late = MeetingActionFactory(meeting=meeting, due_on=TODAY - 3 * DAY)
    done = MeetingActionFactory(meeting=meeting, due_on=TODAY - 3 * DAY)
    finish_meeting_action(action=done, result="已修好", by=None)

    page = signed_in(community_official).get(meeting.get_absolute_url())

    text = page.content.decode()
    for words in (
        meeting.organizations.get().unit_name,
        late.text,
        "已逾期 3 天",
        "已修好",
    ):
        assert words in text
    assert [action.can_finish for action in page.context["agreed"]] == [True, False]


@pytest.mark.parametrize("role", ["owner", "community"])
def test_owner_or_community_marks_an_action_done(
    signed_in, meeting, role, unit_official, community_official
):
    action = MeetingActionFactory(meeting=meeting, owner=meeting.organizations.get())
    user = unit_official if role == "owner" else community_official

    response = signed_in(user).post(
        page_of("meeting_action_finish", action.pk), {"result": "已修好"}
    )

    action.refresh_from_db()
    assert response.url == meeting.get_absolute_url()
    assert (action.result, action.done_by) == ("已修好", user)


def test_unit_does_not_finish_what_the_community_owes(
    signed_in, meeting, unit_official
):
    action = MeetingActionFactory(meeting=meeting)
    url = page_of("meeting_action_finish", action.pk)

    assert signed_in(unit_official).post(url, {"result": "好"}).status_code == 403


def test_action_without_a_result_comes_back(signed_in, meeting, community_official):
    action = MeetingActionFactory(meeting=meeting)

    response = signed_in(community_official).post(
        page_of("meeting_action_finish", action.pk)
    )

    assert response.status_code == 422


def test_action_of_a_meeting_out_of_scope_is_not_found(signed_in):
    action = MeetingActionFactory()
    user = MembershipFactory(role="unit", organization=OrganizationFactory()).user

    response = signed_in(user).get(page_of("meeting_action_finish", action.pk))

    assert response.status_code == 404
