"""Whom a whistle may be sent to: order, reasons, what each has open."""

from datetime import date, timedelta

import pytest

from campaigns.queries.whistle_suggestions import found_units, suggested_units
from tests.factories.communities import OrganizationFactory, PairingFactory
from tests.factories.needs import ResourceFactory
from tests.factories.whistles import (
    HandlingResponseFactory,
    IssuedWhistleFactory,
    WhistleResponseFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 6)


def said(found):
    return [(one.organization.name, one.reasons) for one in found]


def resource(name, title="示例资源", category="people", **values):
    organization = OrganizationFactory(name=name)
    return ResourceFactory(
        organization=organization, title=title, category=category, **values
    )


def test_suggested_units_come_paired_first_the_lead_before_all():
    whistle = IssuedWhistleFactory(needs_skill="电工")
    community = whistle.community
    plain = PairingFactory(community=community, organization__name="示例结对支部")
    PairingFactory(community=community, organization__name="示例牵头支部", is_lead=True)
    resource("示例专业支部", "电工维修", "skill")
    ResourceFactory(organization=plain.organization, title="水工", category="skill")

    found = suggested_units(whistle, DAY)

    assert said(found) == [
        ("示例牵头支部", ["与本社区结对，牵头单位"]),
        ("示例结对支部", ["与本社区结对", "可提供：水工（专业服务）"]),
        ("示例专业支部", ["可提供：电工维修（专业服务）"]),
    ]


def test_suggested_units_offer_only_what_is_needed():
    whistle = IssuedWhistleFactory(needs_people=3, needs_things="铁锹")
    resource("示例人力支部", category="people")
    resource("示例物资支部", category="goods")
    resource("示例专业支部", category="skill")
    resource("示例场地支部", category="venue")

    found = suggested_units(whistle, DAY)

    assert {one.organization.name for one in found} == {"示例人力支部", "示例物资支部"}


def test_suggested_units_that_offer_more_kinds_then_have_less_to_do_come_first():
    whistle = IssuedWhistleFactory(needs_people=3, needs_things="铁锹")
    busy = resource("示例忙支部").organization
    resource("示例闲支部")
    both = resource("示例全支部").organization
    ResourceFactory(organization=both, category="goods")
    WhistleResponseFactory(organization=busy)
    HandlingResponseFactory(organization=busy)
    WhistleResponseFactory(organization=busy, state="returned")

    found = suggested_units(whistle, DAY)

    assert [(one.organization.name, one.open_count) for one in found] == [
        ("示例全支部", 0),
        ("示例闲支部", 0),
        ("示例忙支部", 2),
    ]


def test_suggested_units_leave_out_what_is_over_or_not_active():
    whistle = IssuedWhistleFactory(needs_people=3)
    over = {"starts_on": date(2026, 1, 1), "ends_on": DAY - timedelta(days=1)}
    PairingFactory(community=whistle.community, **over)
    resource("示例过期支部", **over)
    PairingFactory(community=whistle.community, organization__state="suspended")
    PairingFactory()
    stopped = resource("示例停用支部").organization
    stopped.state = "suspended"
    stopped.save()

    assert suggested_units(whistle, DAY) == []


def test_suggested_units_say_who_was_asked_and_who_returned_it():
    whistle = IssuedWhistleFactory(state="dispatched")
    for state in ("asked", "returned", "released"):
        pairing = PairingFactory(community=whistle.community)
        WhistleResponseFactory(
            whistle=whistle, organization=pairing.organization, state=state
        )

    found = suggested_units(whistle, DAY)

    assert [(one.is_asked, one.has_returned) for one in found] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_suggested_units_take_three_queries(rows, django_assert_num_queries):
    whistle = IssuedWhistleFactory(needs_people=3)
    PairingFactory.create_batch(rows, community=whistle.community)
    ResourceFactory.create_batch(rows, category="people")

    with django_assert_num_queries(3):
        found = suggested_units(whistle, DAY)

    assert len(found) == 2 * rows


@pytest.mark.parametrize("text", ["电力", "DianLi", "sldldzb", "供电局"])
def test_found_units_match_name_pinyin_and_unit(text):
    whistle = IssuedWhistleFactory()
    OrganizationFactory(name="示例电力党支部", unit_name="示例供电局")
    OrganizationFactory(
        name="示例电力党支部二", unit_name="示例供电局", state="dissolved"
    )

    found = found_units(whistle, text)

    assert [one.organization.name for one in found] == ["示例电力党支部"]
