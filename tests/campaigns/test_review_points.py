"""The author sees exactly what to mend; the reviewer what was mended."""

from datetime import timedelta

import pytest
from django.urls import reverse

from campaigns import actions
from campaigns.actions import Point
from campaigns.models import Activity, Field, Review
from campaigns.queries.reviews import changes_since_return, points_by_field
from tests.factories.accounts import UserFactory
from tests.factories.campaigns import EvidenceFactory
from tests.factories.reviews import SubmittedActivityFactory

pytestmark = pytest.mark.django_db
State = Activity.State


@pytest.fixture
def activity(organization, unit_official):
    """A submitted activity with a photo."""
    row = SubmittedActivityFactory(
        organization=organization, submitted_by=unit_official
    )
    EvidenceFactory(activity=row)
    return row


def send_back(activity, *points):
    actions.review_activity(
        activity=activity,
        decision=Review.Decision.RETURNED,
        points=points,
        by=UserFactory(),
    )
    activity.refresh_from_db()


def change(activity, by, **values):
    return actions.update_activity(activity=activity, values=values, by=by)


def test_points_stand_by_the_part_they_speak_of(activity):
    photo = activity.evidence.get()
    send_back(
        activity,
        Point(Field.PHOTOS, "太暗", photo.pk),
        Point(Field.PLACE, "写到门牌"),
        Point(Field.PLACE, "写明楼层"),
    )

    assert points_by_field(activity) == {
        "place": ["写到门牌", "写明楼层"],
        "photos": ["第 1 张：太暗"],
    }


def test_points_are_gone_once_it_is_submitted_again(activity, unit_official):
    send_back(activity, Point(Field.PLACE, "写到门牌"))
    activity = actions.submit_activity(activity=activity, by=unit_official)

    assert points_by_field(activity) == {}


def test_points_of_the_last_return_alone_are_to_be_mended(activity, unit_official):
    send_back(activity, Point(Field.PLACE, "写到门牌"))
    actions.submit_activity(activity=activity, by=unit_official)
    send_back(activity, Point(Field.TEXT, "写得更细"))

    assert points_by_field(activity) == {"text": ["写得更细"]}


def test_point_outlives_its_photo(activity):
    photo = activity.evidence.get()
    send_back(activity, Point(Field.PHOTOS, "太暗", photo.pk))
    photo.delete()

    assert points_by_field(activity) == {"photos": ["太暗"]}


def test_author_finds_the_way_to_each_part(activity, signed_in, unit_official):
    photo = activity.evidence.get()
    send_back(
        activity,
        Point(Field.PARTICIPANTS, "请核对"),
        Point(Field.PHOTOS, "太暗", photo.pk),
    )

    page = signed_in(unit_official).get(activity.get_absolute_url()).content.decode()

    edit = reverse("campaigns:activity_edit", args=[activity.pk])
    assert f'<a href="{edit}#id_participant_count">参加人数</a>' in page
    describe = reverse("campaigns:evidence_describe", args=[photo.pk])
    assert f'<a href="{describe}">第 1 张：太暗</a>' in page


def test_edit_form_shows_each_point_at_its_input(activity, signed_in, unit_official):
    send_back(
        activity,
        Point(Field.PLACE, "写到门牌"),
        Point(Field.CAPTIONS, "写明人物"),
        Point(Field.OTHER, "其余可以"),
    )
    url = reverse("campaigns:activity_edit", args=[activity.pk])

    response = signed_in(unit_official).get(url)

    form, page = response.context["form"], response.content.decode()
    assert form.fields["place"].remarks == ["审核意见：写到门牌"]
    assert "<p>审核意见：写到门牌</p>" in page
    assert response.context["points"] == ["照片说明：写明人物", "其余可以"]
    assert "<p>照片说明：写明人物</p>" in page


def test_reader_of_a_returned_activity_gets_no_way_to_edit(
    activity, signed_in, office_official
):
    send_back(activity, Point(Field.PLACE, "写到门牌"))

    page = signed_in(office_official).get(activity.get_absolute_url()).content.decode()

    assert "写到门牌" in page
    assert reverse("campaigns:activity_edit", args=[activity.pk]) not in page


# Mended ---------------------------------------------------------------------


def test_changes_are_those_made_after_the_return(activity, unit_official):
    Activity.objects.update(state=State.RETURNED)
    change(activity, unit_official, title="示例先前改名")
    actions.submit_activity(activity=activity, by=unit_official)
    send_back(activity, Point(Field.PLACE, "写到门牌"))
    later = activity.ends_at + timedelta(minutes=5)
    change(activity, unit_official, place="示例路1号", ends_at=later)
    words = actions.Words(purpose="示例")
    photo = activity.evidence.get()
    actions.describe_evidence(evidence=photo, words=words, by=unit_official)
    change(activity, unit_official, place="示例路2号", participant_count=5)

    found = changes_since_return(activity)

    assert sorted(found) == sorted(["地点", "时间", "照片说明", "参加人数"])


def test_changes_of_one_never_returned_are_none(activity, unit_official):
    Activity.objects.update(state=State.ENDED)
    change(activity, unit_official, title="示例改名")

    assert changes_since_return(activity) == []


def test_reviewer_sees_earlier_points_and_what_was_mended(
    activity, signed_in, office_official, unit_official
):
    send_back(activity, Point(Field.PLACE, "写到门牌"))
    change(activity, unit_official, place="示例路1号", participant_count=5)
    actions.submit_activity(activity=activity, by=unit_official)

    page = signed_in(office_official).get(activity.get_absolute_url()).content.decode()

    assert "第 2 次提交" in page
    assert "写到门牌" in page
    assert "修改过：地点、参加人数" in page


@pytest.mark.parametrize("count", [1, 3])
def test_changes_take_one_query_however_many(
    count, activity, unit_official, django_assert_num_queries
):
    send_back(activity, Point(Field.PLACE, "写到门牌"))
    for number in range(count):
        change(activity, unit_official, place=f"示例路{number}号")

    with django_assert_num_queries(1):
        changes_since_return(activity)
