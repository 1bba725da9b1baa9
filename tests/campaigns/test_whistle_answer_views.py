"""Pages of the units: accept, return, log, more time, deliver."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from campaigns.models import WhistleEntry, WhistlePhoto
from tests.factories.communities import MembershipFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    WhistleExtensionFactory,
    WhistleResponseFactory,
)
from tests.files import picture, upload

pytestmark = pytest.mark.django_db
PHONE = "请联系13812345678"


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    """Files of one test alone."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def asked(organization):
    now = timezone.now()
    response = WhistleResponseFactory(organization=organization)
    response.start_clock(420, now=now)
    response.save()
    return response


@pytest.fixture
def handling(organization):
    response = HandlingResponseFactory(organization=organization)
    response.start_clock(4200, now=timezone.now())
    response.save()
    return response


@pytest.fixture
def unit(signed_in, unit_official):
    """A client of `organization`."""
    return signed_in(unit_official)


def url_of(name, response):
    return reverse(f"campaigns:{name}", args=[response.pk])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def state_of(response):
    response.refresh_from_db()
    return response.state


def errors_of(answer):
    return answer.status_code, list(answer.context["form"].errors)


def photos(count):
    colors = ["red", "blue", "green", "black"][:count]
    return [upload(picture(color=color)) for color in colors]


def test_accept_takes_it_on_and_goes_back_to_the_response(unit, asked):
    answer = unit.post(url_of("response_accept", asked))

    assert (answer.status_code, answer["Location"], state_of(asked)) == (
        302,
        asked.get_absolute_url(),
        "accepted",
    )


def test_accept_of_one_released_says_why_not(unit, asked):
    asked.state = "released"
    asked.save()

    answer = unit.post(url_of("response_accept", asked))

    assert said(answer) == ["已经答复过，或社区已撤回、街道已解除。"]
    assert state_of(asked) == "released"


def test_return_with_a_reason_gives_it_back(unit, asked):
    answer = unit.post(url_of("response_return", asked), {"reason": "非本单位职责"})

    assert (answer.status_code, state_of(asked)) == (302, "returned")


@pytest.mark.parametrize("reason", ["", PHONE])
def test_return_without_a_fit_reason_is_422(reason, unit, asked):
    answer = unit.post(url_of("response_return", asked), {"reason": reason})

    assert errors_of(answer) == (422, ["reason"])
    assert state_of(asked) == "asked"


def test_return_after_its_time_is_422_and_says_what_to_do(unit, asked):
    asked.due_at = timezone.now() - timedelta(minutes=1)
    asked.save()

    answer = unit.post(url_of("response_return", asked), {"reason": "人手不足"})

    assert answer.status_code == 422
    assert "已过响应时限，不能退单" in answer.content.decode()


def test_log_keeps_words_and_photos(unit, handling):
    data = {"text": "已到现场", "photos": photos(3)}

    answer = unit.post(url_of("response_log", handling), data)

    assert answer.status_code == 302
    [entry] = WhistleEntry.objects.all()
    assert (entry.kind, entry.text, entry.photos.count()) == ("logged", "已到现场", 3)


def test_log_with_four_photos_is_422(unit, handling):
    data = {"text": "已到现场", "photos": photos(4)}

    answer = unit.post(url_of("response_log", handling), data)

    assert errors_of(answer) == (422, ["photos"])
    assert (WhistleEntry.objects.count(), WhistlePhoto.objects.count()) == (0, 0)


def test_log_refused_for_its_text_asks_to_choose_the_photos_again(unit, handling):
    data = {"text": PHONE, "photos": photos(1)}

    answer = unit.post(url_of("response_log", handling), data)

    assert errors_of(answer) == (422, ["text", "photos"])
    assert "请重新选择" in answer.content.decode()


def test_log_refused_renews_the_words_and_not_the_file_field_of_scripts(unit, handling):
    data = {"text": PHONE, "photos": photos(1)}

    answer = unit.post(
        url_of("response_log", handling), data, headers={"HX-Request": "true"}
    )

    page = answer.content.decode()
    assert errors_of(answer) == (422, ["text"])
    assert ("<html" in page, f'hx-select="#log{handling.pk}_words"' in page) == (
        False,
        True,
    )
    _before, _id, after = page.partition(f'id="log{handling.pk}_words"')
    words, _end, rest = after.partition("</textarea>")
    assert ("文字中有手机号码" in words, 'type="file"' in words) == (True, False)
    assert rest.index("</div>") < rest.index('type="file"')


def test_log_sent_by_a_script_sends_the_whole_page_on(unit, handling):
    answer = unit.post(
        url_of("response_log", handling),
        {"text": "已到现场"},
        headers={"HX-Request": "true"},
    )

    assert answer["HX-Redirect"] == handling.whistle.get_absolute_url()


def test_extension_is_asked_for(unit, handling):
    until = timezone.localdate() + timedelta(days=30)

    answer = unit.post(
        url_of("response_extension", handling), {"until": until, "reason": "等材料"}
    )

    assert (answer.status_code, handling.extension.reason) == (302, "等材料")


@pytest.mark.parametrize("until", ["2020-01-01", "2099-01-01"])
def test_extension_to_the_past_or_a_year_unknown_is_422(until, unit, handling):
    answer = unit.post(
        url_of("response_extension", handling), {"until": until, "reason": "等材料"}
    )

    assert errors_of(answer) == (422, ["until"])


def test_extension_page_after_one_was_asked_leads_back(unit, handling):
    WhistleExtensionFactory(response=handling)

    answer = unit.get(url_of("response_extension", handling))

    assert (answer.status_code, said(answer)) == (302, ["延期只能申请一次。"])


def test_deliver_with_a_photo_hands_it_over(unit, handling):
    data = {"text": "路灯已修好", "photos": photos(1)}

    answer = unit.post(url_of("response_deliver", handling), data)

    assert (answer.status_code, state_of(handling)) == (302, "delivered")
    assert WhistlePhoto.objects.count() == 1


def test_deliver_without_words_is_422(unit, handling):
    answer = unit.post(url_of("response_deliver", handling), {"text": ""})

    assert errors_of(answer) == (422, ["text"])
    assert state_of(handling) == "handling"


@pytest.mark.parametrize(
    ("make", "offered"),
    [
        (WhistleResponseFactory, ["response_accept", "response_return"]),
        (
            HandlingResponseFactory,
            ["response_log", "response_extension", "response_deliver"],
        ),
        (DeliveredResponseFactory, []),
    ],
    ids=["asked", "handling", "delivered"],
)
def test_detail_offers_a_unit_what_its_response_allows(
    make, offered, unit, organization
):
    response = make(organization=organization)
    deeds = ("accept", "return", "log", "extension", "deliver", "release")

    page = unit.get(response.whistle.get_absolute_url()).content.decode()

    names = [f"response_{deed}" for deed in deeds]
    assert [name for name in names if url_of(name, response) in page] == offered


def test_detail_offers_nothing_of_another_unit_on_the_same_whistle(unit, asked):
    other = HandlingResponseFactory(whistle=asked.whistle)

    page = unit.get(asked.whistle.get_absolute_url()).content.decode()

    # The people called together are shown to all who see the whistle.
    people = reverse("volunteers:whistle_people", args=[other.pk])
    assert f"whistle-responses/{other.pk}/" not in page.replace(people, "")
    assert unit.post(url_of("response_deliver", other)).status_code == 403


def test_detail_lets_the_street_release_who_has_not_delivered(signed_in, handling):
    subdistrict = handling.whistle.community.subdistrict
    street = signed_in(MembershipFactory(role="street", subdistrict=subdistrict).user)

    page = street.get(handling.whistle.get_absolute_url()).content.decode()

    assert url_of("response_release", handling) in page
    assert url_of("response_log", handling) not in page
