"""Pages of one whistle: who opens it, what it shows, how it is written."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.drafts import draft_of, save_draft
from campaigns.models import Whistle, WhistleCategory, WhistleEntry
from tests.factories.campaigns import ActivityFactory
from tests.factories.communities import MembershipFactory, OrganizationFactory
from tests.factories.whistles import (
    DeliveredResponseFactory,
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleEntryFactory,
    WhistleExtensionFactory,
    WhistleFactory,
    WhistlePhotoFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
NEW = reverse("campaigns:whistle_create")
State = Whistle.State
QUERIES = 17


@pytest.fixture
def official(community):
    return MembershipFactory(role="community", community=community).user


@pytest.fixture
def desk(signed_in, official):
    return signed_in(official)


@pytest.fixture
def street_desk(signed_in, community):
    street = community.subdistrict
    return signed_in(MembershipFactory(role="street", subdistrict=street).user)


def data_of(community, **changes):
    return {
        "community": community.pk,
        "category": WhistleCategory.objects.get(title="环境卫生").pk,
        "urgency": "urgent",
        "title": "示例事由",
        "place": "示例路口",
        "text": "示例情况",
    } | changes


def edit_url(whistle):
    return reverse("campaigns:whistle_edit", args=[whistle.pk])


def page_of(client, whistle):
    return client.get(whistle.get_absolute_url())


# Writing ----------------------------------------------------------------------


def test_whistle_created_is_a_draft_and_its_typed_draft_goes(desk, official, community):
    now = timezone.now()
    save_draft(owner=official, key="whistle-new", fields={"title": ["甲"]}, now=now)

    response = desk.post(NEW, data_of(community, needs_people="3"))

    whistle = Whistle.objects.get()
    assert response.url == whistle.get_absolute_url()
    assert (whistle.state, whistle.created_by) == (State.DRAFTED, official)
    assert (whistle.community, whistle.needs_people) == (community, 3)
    assert draft_of(owner=official, key="whistle-new", now=now) is None


def test_whistle_with_a_phone_in_its_text_keeps_all_that_was_typed(desk, community):
    sent = data_of(
        community,
        text="请打13800138000",
        needs_things="示例物资",
        resident_name="示例居民",
        resident_phone="13800009999",
        resident_consented="on",
    )

    response = desk.post(NEW, sent)

    form = response.context["form"]
    assert response.status_code == 422
    assert {name: form[name].value() for name in sent} == {
        **{name: str(value) for name, value in sent.items()},
        "resident_consented": True,
    }
    assert not Whistle.objects.exists()


def test_whistle_form_shows_the_clocks_in_words(desk):
    text = desk.get(NEW).content.decode()

    for words in ("所有类别", "较急", "4 小时", "10 个工作日"):
        assert words in text


def test_whistle_form_brings_back_what_was_typed(desk, official):
    fields = {"title": ["示例草稿"]}
    save_draft(owner=official, key="whistle-new", fields=fields, now=timezone.now())

    assert 'value="示例草稿"' in desk.get(NEW).content.decode()


def test_whistle_edited_keeps_what_another_changed_meanwhile(desk, community):
    whistle = WhistleFactory(community=community, place="旧地点", text="旧情况")
    opened = data_of(community, place="旧地点", text="新情况", title=whistle.title)
    initial = {f"initial-{name}": value for name, value in opened.items()}
    Whistle.objects.update(place="新地点")

    response = desk.post(edit_url(whistle), opened | initial | {"initial-text": "旧"})

    whistle.refresh_from_db()
    assert response.status_code == 302
    assert (whistle.place, whistle.text) == ("新地点", "新情况")


def test_whistle_edit_once_issued_leads_back_and_says_why(desk, community):
    whistle = IssuedWhistleFactory(community=community)

    response = desk.get(edit_url(whistle), follow=True)

    assert response.redirect_chain == [(whistle.get_absolute_url(), 302)]
    assert "内容不能再改" in response.content.decode()


# The page ---------------------------------------------------------------------


def test_whistle_page_never_holds_the_residents_contact(desk, community):
    whistle = WhistleFactory(
        community=community,
        resident_name="示例居民",
        resident_phone="+8613800009999",
        resident_consented=True,
    )

    text = page_of(desk, whistle).content.decode()

    assert "示例居民" not in text
    assert "13800009999" not in text


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.DRAFTED, {"issue_form", "withdraw_form", "photo_form"}),
        (State.ISSUED, {"withdraw_form", "photo_form"}),
        (State.DELIVERED, {"rate_form", "reopen_form"}),
        (State.VERIFIED, {"rate_form", "reopen_form"}),
    ],
)
def test_whistle_page_by_state_offers_the_community_what_it_may(
    desk, community, state, offered
):
    whistle = IssuedWhistleFactory(community=community, state=state)

    context = page_of(desk, whistle).context

    names = {"issue_form", "withdraw_form", "photo_form", "rate_form", "reopen_form"}
    assert {name for name in names if context.get(name)} == offered


def test_whistle_page_of_one_reopened_twice_offers_no_third_time(desk, community):
    whistle = IssuedWhistleFactory(
        community=community, state=State.DELIVERED, reopened_count=2
    )

    response = page_of(desk, whistle)

    assert response.context["reopen_form"] is None
    assert "不能再次重办" in response.content.decode()


def test_whistle_page_offers_the_street_nothing_of_the_community(
    street_desk, community
):
    delivered = DeliveredResponseFactory(whistle__community=community).whistle

    context = page_of(street_desk, delivered).context

    assert context["deeds"] == set()
    assert context["rate_form"] is None


def test_whistle_page_tells_each_clock_in_words(desk, community):
    with time_machine.travel("2026-05-07 09:00+08:00", tick=False):
        now = timezone.now()
        whistle = IssuedWhistleFactory(community=community, state=State.HANDLING)
        late = WhistleResponseFactory(whistle=whistle)
        late.start_clock(60, now=now.replace(day=6))
        late.save()
        HandlingResponseFactory(
            whistle=whistle,
            clock_minutes=4200,
            clock_started_at=now,
            due_at=now.replace(hour=3),
        )

        response = page_of(desk, whistle)

    clocks = [row.clock for row in response.context["responses"]]
    assert [(str(clock.name), clock.words, clock.look) for clock in clocks] == [
        ("响应时限", "已超时 6 小时", "overdue"),
        ("办理时限", "剩 2 小时", "pending"),
    ]


def test_whistle_page_puts_responses_that_count_first(desk, community):
    whistle = IssuedWhistleFactory(community=community, state=State.HANDLING)
    gone = WhistleResponseFactory(whistle=whistle, state="released")
    live = HandlingResponseFactory(whistle=whistle)

    assert page_of(desk, whistle).context["responses"] == [live, gone]


def test_whistle_page_tells_the_unit_by_its_name_of_the_day(desk, community):
    unit = OrganizationFactory(name="旧名")
    whistle = IssuedWhistleFactory(community=community, state=State.HANDLING)
    HandlingResponseFactory(whistle=whistle, organization=unit)
    type(unit).objects.filter(pk=unit.pk).update(name="新名")  # its past: "旧名"

    assert [row.name_then for row in page_of(desk, whistle).context["responses"]] == [
        "旧名"
    ]


@pytest.mark.parametrize(
    ("state", "has_asked", "is_loaded"),
    [
        ("asked", False, False),
        ("handling", False, True),
        ("delivered", False, False),
        ("delivered", True, True),
    ],
)
def test_whistle_page_loads_the_people_asked_or_to_be_asked(
    desk, community, state, has_asked, is_loaded
):
    response = HandlingResponseFactory(whistle__community=community, state=state)
    if has_asked:
        ActivityFactory(whistle_response=response)
    address = reverse("volunteers:whistle_people", args=[response.pk])

    text = page_of(desk, response.whistle).content.decode()

    assert (f'hx-get="{address}"' in text) is is_loaded


def test_whistle_page_asks_the_community_about_an_extension(desk, community):
    extension = WhistleExtensionFactory(response__whistle__community=community)

    response = page_of(desk, extension.response.whistle)

    (row,) = response.context["responses"]
    assert row.forms["extension_answer_form"] is not None
    assert extension.reason in response.content.decode()


def test_merged_whistle_links_to_where_it_went_and_back(desk, community):
    into = IssuedWhistleFactory(community=community)
    whistle = IssuedWhistleFactory(
        community=community,
        state=State.MERGED,
        merged_into=into,
        ended_at=timezone.now(),
    )

    gone, stayed = page_of(desk, whistle), page_of(desk, into)

    assert f'href="{into.get_absolute_url()}"' in gone.content.decode()
    assert f'href="{whistle.get_absolute_url()}"' in stayed.content.decode()


def test_whistle_never_blown_is_seen_by_its_community_alone(desk, signed_in, community):
    """Neither the draft nor, later, the draft that was withdrawn."""
    draft = WhistleFactory(community=community)
    withdrawn = WhistleFactory(
        community=community, state=State.WITHDRAWN, ended_at=timezone.now()
    )
    street = MembershipFactory(role="street", subdistrict=community.subdistrict).user

    for whistle in (draft, withdrawn):
        url = whistle.get_absolute_url()
        answers = [client.get(url).status_code for client in (desk, signed_in(street))]
        assert answers == [200, 404]


def test_merged_whistle_names_a_target_out_of_scope_by_number_only(desk, community):
    into = IssuedWhistleFactory(title="别处的事")
    whistle = IssuedWhistleFactory(
        community=community,
        state=State.MERGED,
        merged_into=into,
        ended_at=timezone.now(),
    )
    WhistleEntryFactory(whistle=whistle, kind="merged", other=into)

    text = page_of(desk, whistle).content.decode()

    assert into.number in text
    assert into.title not in text
    assert into.get_absolute_url() not in text


def test_returned_whistle_says_who_sent_it_back_and_why(desk, community):
    whistle = IssuedWhistleFactory(community=community, state=State.RETURNED)
    WhistleEntryFactory(
        whistle=whistle, kind="sent_back", actor="示例街道", text="地点不清"
    )

    text = page_of(desk, whistle).content.decode()

    assert "示例街道退回" in text


def test_timeline_is_newest_first_and_pages(desk, community):
    whistle = IssuedWhistleFactory(community=community)
    entries = WhistleEntryFactory.create_batch(31, whistle=whistle)

    first = page_of(desk, whistle).context["page"]
    second = desk.get(whistle.get_absolute_url(), {"page": 2}).context["page"]

    assert list(first) + list(second) == entries[::-1]
    assert len(second) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_whistle_page_takes_the_same_queries_for_any_count(
    desk, community, count, django_assert_num_queries
):
    whistle = IssuedWhistleFactory(community=community, state=State.HANDLING)
    others = IssuedWhistleFactory.create_batch(count, community=community)
    for other in others:
        response = HandlingResponseFactory(whistle=whistle)
        WhistleExtensionFactory(response=response)
        entry = WhistleEntryFactory(
            whistle=whistle,
            response=response,
            other=other,
            kind=WhistleEntry.Kind.OVERDUE,
        )
        WhistlePhotoFactory(whistle=whistle, entry=entry)
        WhistlePhotoFactory(whistle=whistle)

    with django_assert_num_queries(QUERIES):
        page_of(desk, whistle)
