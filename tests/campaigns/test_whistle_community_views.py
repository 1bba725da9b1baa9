"""What a community does with its whistle, through its pages."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Whistle, WhistleExtension, WhistlePhoto, WhistleResponse
from tests.factories.communities import MembershipFactory, PairingFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    IssuedWhistleFactory,
    WhistleEntryFactory,
    WhistleExtensionFactory,
    WhistleFactory,
    WhistlePhotoFactory,
    WhistleResponseFactory,
)
from tests.files import picture, upload

pytestmark = pytest.mark.django_db
State = Whistle.State


@pytest.fixture
def desk(signed_in, community):
    official = MembershipFactory(role="community", community=community).user
    return signed_in(official)


@pytest.fixture
def draft(community):
    return WhistleFactory(community=community)


@pytest.fixture
def delivered(community):
    """Delivered by one unit, its clock stopped with an hour left."""
    response = DeliveredResponseFactory(
        whistle__community=community, clock_minutes=4200, clock_used=4140
    )
    return response.whistle


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def url(name, row):
    return reverse(f"campaigns:{name}", args=[row.pk])


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# Photos -----------------------------------------------------------------------


def test_photos_posted_are_kept_all(desk, draft):
    pictures = [picture(color=1), picture(color=200)]

    response = desk.post(
        url("whistle_photo_add", draft), {"photos": [upload(one) for one in pictures]}
    )

    assert response.url == draft.get_absolute_url()
    assert draft.photos.count() == 2


def test_photos_posted_of_which_one_finds_no_room_keep_none(desk, draft):
    WhistlePhotoFactory.create_batch(Whistle.MOST_PHOTOS - 1, whistle=draft)
    before = WhistlePhoto.objects.count()

    response = desk.post(
        url("whistle_photo_add", draft),
        {"photos": [upload(picture(color=1)), upload(picture(color=200))]},
    )

    assert response.status_code == 422
    assert WhistlePhoto.objects.count() == before


@pytest.mark.parametrize(
    ("content", "status", "answer"),
    [
        (picture(), 200, {"notices": []}),
        (
            b"GIF89a",
            422,
            {"error": "“照片.jpg”未被接受：只接受 JPEG、PNG 或 WebP 照片。"},
        ),
    ],
    ids=["sound", "refused"],
)
def test_photo_sent_by_the_script_is_answered_in_json(
    desk, draft, content, status, answer
):
    response = desk.post(
        url("whistle_photo_add", draft),
        {"photos": upload(content)},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    assert (response.status_code, response.json()) == (status, answer)


def test_photos_asked_for_by_htmx_are_the_part_the_page_includes(desk, draft):
    WhistlePhotoFactory(whistle=draft)

    response = desk.get(url("whistle_photo_add", draft), headers={"HX-Request": "true"})

    text = response.content.decode()
    assert text.lstrip().startswith('<div class="stack" id="evidence-rows"')
    assert 'data-room="8"' in text


def test_photo_removed_is_gone(desk, draft):
    photo = WhistlePhotoFactory(whistle=draft)

    response = desk.post(url("whistle_photo_remove", photo))

    assert told(response) == ["照片已移除。"]
    assert not draft.photos.exists()


# Sending ----------------------------------------------------------------------


def test_issue_to_the_street_waits_for_dispatch(desk, draft):
    response = desk.post(url("whistle_issue", draft), {"to": "street"})

    draft.refresh_from_db()
    assert told(response) == ["哨单已交街道派单。"]
    assert draft.state == State.ISSUED
    assert draft.number


def test_issue_to_a_paired_unit_asks_it(desk, draft, community):
    unit = PairingFactory(community=community).organization

    desk.post(url("whistle_issue", draft), {"to": str(unit.pk)})

    draft.refresh_from_db()
    asked = WhistleResponse.objects.get()
    assert draft.state == State.DISPATCHED
    assert (asked.organization, asked.by_dispatcher) == (unit, False)


def test_issue_to_a_unit_not_paired_says_so_on_the_page(desk, draft):
    other = PairingFactory().organization

    response = desk.post(url("whistle_issue", draft), {"to": str(other.pk)})

    assert response.status_code == 422
    assert "没有与本社区结对" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFTED


def test_issue_a_second_time_is_refused_with_its_reason(desk, community):
    whistle = IssuedWhistleFactory(community=community)

    response = desk.post(url("whistle_issue", whistle), {"to": "street"})

    assert told(response) == ["已经吹哨，不用重复发出。"]


def test_withdraw_with_a_phone_in_its_reason_keeps_what_was_typed(desk, community):
    whistle = IssuedWhistleFactory(community=community)
    reason = "请打13800138000"

    response = desk.post(url("whistle_withdraw", whistle), {"reason": reason})

    assert response.status_code == 422
    assert response.context["withdraw_form"]["reason"].value() == reason
    assert f"{reason}</textarea>" in response.content.decode()


def test_withdraw_ends_the_whistle(desk, community):
    whistle = WhistleResponseFactory(whistle__community=community).whistle

    desk.post(url("whistle_withdraw", whistle), {"reason": "已自行解决"})

    whistle.refresh_from_db()
    assert whistle.state == State.WITHDRAWN
    assert whistle.entries.last().text == "已自行解决"


# The last word ----------------------------------------------------------------


def test_rate_confirms_and_closes_in_one(desk, delivered):
    data = {"resolution": "partly", "is_satisfied": "no", "text": "还差一点"}

    response = desk.post(url("whistle_rate", delivered), data)

    delivered.refresh_from_db()
    assert told(response) == ["评价已保存，哨单办结。"]
    assert (delivered.state, delivered.resolution) == (State.CLOSED, "partly")
    assert delivered.is_satisfied is False


def test_rate_without_a_choice_comes_back_with_the_words(desk, delivered):
    data = {"resolution": "solved", "text": "谢谢"}

    response = desk.post(url("whistle_rate", delivered), data)

    form = response.context["rate_form"]
    assert response.status_code == 422
    assert set(form.errors) == {"is_satisfied"}
    assert form["text"].value() == "谢谢"
    delivered.refresh_from_db()
    assert delivered.state == State.DELIVERED


def test_rate_page_of_one_not_delivered_leads_back_and_says_why(desk, community):
    whistle = IssuedWhistleFactory(community=community)

    response = desk.get(url("whistle_rate", whistle))

    assert response.url == whistle.get_absolute_url()
    assert told(response) == ["还没有交付，或已经评价、办结。"]


def test_rate_page_shows_what_was_delivered_last(desk, delivered):
    said = {"whistle": delivered, "response": delivered.responses.get()}
    WhistleEntryFactory(kind="delivered", text="头一次", **said)
    last = WhistleEntryFactory(kind="delivered", text="第二次", **said)
    WhistleEntryFactory(kind="logged", text="记录", **said)

    response = desk.get(url("whistle_rate", delivered))

    assert response.context["deliveries"] == [last]


def test_verify_leaves_the_rating_for_later(desk, delivered):
    desk.post(url("whistle_verify", delivered))

    delivered.refresh_from_db()
    assert delivered.state == State.VERIFIED


@pytest.mark.parametrize(("count", "left"), [(0, 2), (1, 1)])
def test_rate_page_says_how_often_it_may_still_be_reopened(
    desk, delivered, count, left
):
    Whistle.objects.update(reopened_count=count)

    text = desk.get(url("whistle_rate", delivered)).content.decode()

    assert f"还可 {left} 次" in text


def test_reopen_without_a_reason_comes_back(desk, delivered):
    response = desk.post(url("whistle_reopen", delivered), {"reason": ""})

    assert response.status_code == 422
    assert set(response.context["reopen_form"].errors) == {"reason"}


def test_reopen_has_the_units_go_on(desk, delivered):
    desk.post(url("whistle_reopen", delivered), {"reason": "又堆上了"})

    delivered.refresh_from_db()
    assert (delivered.state, delivered.reopened_count) == (State.REOPENED, 1)
    assert delivered.responses.get().state == "handling"


# More time --------------------------------------------------------------------


@pytest.fixture
def extension(community):
    now = timezone.now()
    return WhistleExtensionFactory(
        response__whistle__community=community,
        response__clock_minutes=60,
        response__clock_started_at=now,
        response__due_at=now,
    )


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ({"decision": "grant"}, WhistleExtension.State.GRANTED),
        ({"decision": "refuse", "answer": "等不及"}, WhistleExtension.State.REFUSED),
    ],
)
def test_extension_answered_is_granted_or_refused(desk, extension, data, state):
    response = desk.post(url("extension_answer", extension), data)

    extension.refresh_from_db()
    assert response.url == extension.response.whistle.get_absolute_url()
    assert extension.state == state


def test_extension_refused_without_words_comes_back_on_the_whistles_page(
    desk, extension
):
    response = desk.post(url("extension_answer", extension), {"decision": "refuse"})

    assert response.status_code == 422
    assert "请说明理由" in response.content.decode()
    extension.refresh_from_db()
    assert extension.state == WhistleExtension.State.ASKED
