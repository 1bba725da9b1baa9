"""Categories of whistles with their hours, and the registers to look at."""

import pytest
from django.urls import reverse

from campaigns.models import WhistleCategory, WhistleClock
from core.models import AuditEntry
from tests.admin.pages import admin_url
from tests.factories.communities import CommunityFactory
from tests.factories.whistles import (
    IssuedWhistleFactory,
    WhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
CATEGORY = "campaigns.WhistleCategory"
URGENCIES = ("normal", "urgent", "emergency")


@pytest.fixture
def category():
    return WhistleCategory.objects.get(title="环境卫生")


def sent(category=None, *, first_hours=(14, 7, 70), rows=3, **changes):
    """What the page sends: a category and its clocks, one row for each urgency."""
    held = list(category.clocks.order_by("pk")) if category else []
    data = {
        "title": category.title if category else "示例类别",
        "is_open": "on",
        "position": "1",
        "clocks-TOTAL_FORMS": str(rows),
        "clocks-INITIAL_FORMS": str(len(held)),
        **changes,
    }
    for place in range(rows):
        dispatch, accept, handle = first_hours if place == 0 else (7, 4, 35)
        if held and place:
            clock = held[place]
            dispatch, accept, handle = (
                clock.dispatch_hours,
                clock.accept_hours,
                clock.handle_hours,
            )
        data |= {
            f"clocks-{place}-id": str(held[place].pk) if held else "",
            f"clocks-{place}-urgency": URGENCIES[place],
            f"clocks-{place}-dispatch_hours": str(dispatch),
            f"clocks-{place}-accept_hours": str(accept),
            f"clocks-{place}-handle_hours": str(handle),
        }
    return data


def hours_of(category):
    names = ("urgency", "dispatch_hours", "accept_hours", "handle_hours")
    return list(category.clocks.order_by("pk").values_list(*names))


def test_hours_changed_by_the_office_are_saved_and_audited(
    office, office_official, category
):
    clock = category.clocks.get(urgency="normal")
    page = admin_url(CATEGORY, "change", category.pk)

    office.post(page, sent(category, first_hours=(10, 5, 2000)))

    assert hours_of(category)[0] == ("normal", 10, 5, 2000)
    (line,) = AuditEntry.objects.filter(target_type="campaigns.WhistleClock")
    assert (line.verb, line.target_id, line.actor_id, line.data) == (
        "campaigns.whistle_clock_changed",
        clock.pk,
        office_official.pk,
        {
            "fields": ["dispatch_hours", "accept_hours", "handle_hours"],
            "hours": [10, 5, 2000],
        },
    )


@pytest.mark.parametrize("hours", [(0, 7, 70), (14, 2001, 70), (14, 7, -1)])
def test_hours_out_of_bounds_are_refused(hours, office, category):
    page = admin_url(CATEGORY, "change", category.pk)

    response = office.post(page, sent(category, first_hours=hours))

    assert response.status_code == 200
    assert hours_of(category)[0] == ("normal", 14, 7, 70)


def test_category_is_added_with_hours_for_each_urgency(office):
    office.post(admin_url(CATEGORY, "add"), sent())

    added = WhistleCategory.objects.get(title="示例类别")
    assert hours_of(added) == [
        ("normal", 14, 7, 70),
        ("urgent", 7, 4, 35),
        ("emergency", 7, 4, 35),
    ]


@pytest.mark.parametrize(
    "changes",
    [{"rows": 2}, {"clocks-1-urgency": "normal"}, {"clocks-2-accept_hours": ""}],
    ids=["one missing", "one twice", "one unfilled"],
)
def test_category_without_hours_for_an_urgency_is_refused(changes, office):
    rows = changes.pop("rows", 3) if "rows" in changes else 3
    data = sent(rows=rows) | changes

    response = office.post(admin_url(CATEGORY, "add"), data)

    assert response.status_code == 200
    assert not WhistleCategory.objects.filter(title="示例类别").exists()


def test_category_to_be_added_names_the_urgencies_and_explains_the_hours(office):
    page = office.get(admin_url(CATEGORY, "add")).content.decode()

    assert "7 小时为一个工作日" in page
    for urgency in URGENCIES:
        assert f'<option value="{urgency}" selected>' in page


@pytest.mark.parametrize("role", ["committee", "auditor"])
def test_hours_changed_by_others_are_forbidden(role, client_of, category):
    page = admin_url(CATEGORY, "change", category.pk)

    response = client_of(role).post(page, sent(category, first_hours=(1, 1, 1)))

    assert response.status_code == 403
    assert not WhistleClock.objects.filter(handle_hours=1).exists()


def test_whistle_in_the_register_does_not_tell_how_to_reach_the_resident(office):
    whistle = IssuedWhistleFactory(
        resident_name="林居民",
        resident_phone="+8613800009999",
        resident_consented=True,
    )

    page = office.get(admin_url("campaigns.Whistle", "change", whistle.pk))
    found = office.get(admin_url("campaigns.Whistle", "changelist"), {"q": "林居民"})

    assert whistle.title in page.content.decode()
    assert "林居民" not in page.content.decode()
    assert "13800009999" not in page.content.decode()
    assert list(found.context["cl"].queryset) == []


def test_draft_is_not_in_the_register(office):
    WhistleFactory()
    whistle = IssuedWhistleFactory(community=CommunityFactory())

    rows = office.get(admin_url("campaigns.Whistle", "changelist")).context["cl"]

    assert list(rows.queryset) == [whistle]


def test_response_in_the_register_leads_to_its_page(office):
    response = WhistleResponseFactory()
    url = admin_url("campaigns.WhistleResponse", "change", response.pk)

    page = office.get(url).content.decode()

    whistle = reverse("campaigns:whistle_detail", args=[response.whistle_id])
    assert f"{whistle}#response-{response.pk}" in page
