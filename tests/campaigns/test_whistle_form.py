"""The form of a whistle: what it takes, and what it never shows or keeps."""

from datetime import date

import pytest
import time_machine

from campaigns.forms.whistles import ExtensionAnswerForm, IssueForm, WhistleForm
from campaigns.models import WhistleCategory
from communities.forms.wishes import WishForm
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.whistles import WhistleExtensionFactory, WhistleFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 6)


@pytest.fixture
def official(community):
    return MembershipFactory(role="community", community=community).user


@pytest.fixture
def kept(community):
    """A draft with a resident's contact."""
    return WhistleFactory(
        community=community,
        resident_name="示例居民",
        resident_phone="+8613800009999",
        resident_consented=True,
    )


def form_of(user, instance=None, **changes):
    row = {
        "community": MembershipFactory._meta.model.objects.get(user=user).community_id,
        "category": WhistleCategory.objects.get(title="环境卫生").pk,
        "urgency": "normal",
        "title": "示例事由",
        "place": "示例路口",
        "text": "示例情况",
    }
    known = {"instance": instance} if instance else {}
    return WhistleForm({**row, **changes}, user=user, **known)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"text": "请打13800138000"}, {"text"}),
        ({"needs_things": "350600199001011234"}, {"needs_things"}),
        ({"place": "找13800138000"}, {"place"}),
        ({"wanted_by": "2026-05-05"}, {"wanted_by"}),
        ({"wanted_by": "2026-05-06"}, set()),
        ({"wanted_by": "2046-05-06"}, {"wanted_by"}),  # a year nobody knows yet
        ({"resident_phone": "13800009999"}, {"resident_consented"}),
        ({"resident_name": "示例居民"}, {"resident_consented"}),
        ({"resident_name": "居民", "resident_consented": "on"}, set()),
        ({"resident_phone": "没有", "resident_consented": "on"}, {"resident_phone"}),
    ],
)
def test_whistle_form_by_what_is_given_names_the_wrong_fields(official, changes, wrong):
    with time_machine.travel("2026-05-06 10:00+08:00", tick=False):
        form = form_of(official, **changes)

        assert set(form.errors) == wrong


def test_whistle_form_offers_the_users_communities_only(official, community):
    PairingFactory()  # another community

    offered = WhistleForm(user=official).fields["community"].queryset

    assert list(offered) == [community]


@pytest.mark.parametrize("form", [WhistleForm, WishForm])
@pytest.mark.parametrize("name", ["resident_name", "resident_phone"])
def test_browser_is_told_not_to_remember_a_resident(form, name, official):
    assert 'autocomplete="off"' in str(form(user=official)[name])


def test_whistle_form_of_an_edit_never_shows_the_contact(official, kept):
    html = str(WhistleForm(user=official, instance=kept))

    assert "13800009999" not in html
    assert "示例居民" not in html


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({}, {}),
        (
            {"resident_phone": "13800008888", "resident_consented": "on"},
            {"name": "", "phone": "+8613800008888", "consented": True},
        ),
        ({"forgets_contact": "on"}, {"name": "", "phone": "", "consented": False}),
        ({"resident_consented": "on"}, {}),
    ],
    ids=["left", "anew", "forgotten", "only-ticked"],
)
def test_whistle_form_of_an_edit_changes_the_contact_as_a_whole(
    official, kept, changes, values
):
    form = form_of(official, kept, **changes)

    assert form.is_valid()
    changed = form.changed_values()
    assert {
        name: value for name, value in changed.items() if name.startswith("resident")
    } == {f"resident_{name}": value for name, value in values.items()}


def test_issue_form_offers_the_street_then_active_units_paired_that_day(community):
    lead = PairingFactory(
        community=community, is_lead=True, organization=OrganizationFactory(name="乙")
    )
    PairingFactory(community=community, organization=OrganizationFactory(name="甲"))
    PairingFactory(community=community, ends_on=date(2026, 5, 5))
    PairingFactory(community=community, starts_on=date(2026, 5, 7))
    PairingFactory(community=community, organization__state="dissolved")
    whistle = WhistleFactory(community=community)

    form = IssueForm({"to": str(lead.organization_id)}, whistle=whistle, day=TODAY)

    labels = [str(label) for _value, label in form.fields["to"].choices]
    assert labels == ["交街道派单", "乙（牵头单位）", "甲"]
    assert form.is_valid()
    assert form.organization == lead.organization


def test_issue_form_to_the_street_has_no_organization(community):
    whistle = WhistleFactory(community=community)

    form = IssueForm({"to": "street"}, whistle=whistle, day=TODAY)

    assert form.is_valid()
    assert form.organization is None


def test_extension_answer_that_refuses_without_words_is_refused():
    extension = WhistleExtensionFactory()

    form = ExtensionAnswerForm({"decision": "refuse"}, extension=extension)

    assert set(form.errors) == {"answer"}
