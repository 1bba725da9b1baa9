"""The pages on which a community's dated change is registered."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.models import Community, RegisterChange
from tests.factories.communities import CommunityFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(signed_in, committee_official):
    return signed_in(committee_official)


def url_of(community, kind):
    return reverse("communities:community_change_form", args=[community.pk, kind])


def values(**more):
    return {"effective_on": timezone.localdate().isoformat(), **more}


def confirm(client, url, data):
    """Look at the preview, then post what it shows."""
    preview = client.get(url, data).context["preview"]
    return client.post(url, {**data, "seen": preview.fingerprint})


def kinds_offered(client, community):
    url = reverse("communities:community_change_create", args=[community.pk])
    return [str(kind) for kind in client.get(url).context["kinds"]]


def test_only_a_village_is_offered_to_become_a_community(keeper):
    community, village = CommunityFactory(), CommunityFactory(kind="village")

    assert kinds_offered(keeper, community) == ["rename", "move", "merge", "split"]
    assert "convert" in kinds_offered(keeper, village)


def test_a_community_that_ended_is_offered_nothing(keeper):
    ended = CommunityFactory(
        ends_on=timezone.localdate() - timedelta(days=1), successor=CommunityFactory()
    )

    assert kinds_offered(keeper, ended) == []


def test_rename_is_looked_at_before_it_is_made(keeper):
    community = CommunityFactory(name="湖内社区")
    data = values(name="湖滨社区")

    preview = keeper.get(url_of(community, "rename"), data)

    assert ("新名称", "湖滨社区") in preview.context["preview"].lines
    assert not RegisterChange.objects.exists()


def test_rename_confirmed_is_carried_out(keeper, committee_official):
    community = CommunityFactory(name="湖内社区")

    response = confirm(keeper, url_of(community, "rename"), values(name="湖滨社区"))

    community.refresh_from_db()
    change = RegisterChange.objects.get()
    assert response.url == change.get_absolute_url()
    assert (community.name, change.created_by) == ("湖滨社区", committee_official)


def test_change_made_leads_to_its_page(keeper):
    community = CommunityFactory(name="湖内社区")

    response = confirm(keeper, url_of(community, "rename"), values(name="湖滨社区"))

    page = keeper.get(response.url).content.decode()
    assert "湖内社区" in page
    assert "湖滨社区" in page


def test_merge_lists_what_goes_along(keeper):
    old, new = CommunityFactory.create_batch(2)
    official = MembershipFactory(role="community", community=old).user

    response = keeper.get(url_of(old, "merge"), values(into=new.pk))

    assert str(official) in response.content.decode()


def test_merge_confirmed_is_carried_out(keeper):
    old, new = CommunityFactory.create_batch(2)

    confirm(keeper, url_of(old, "merge"), values(into=new.pk))

    old.refresh_from_db()
    assert old.successor == new


def test_merge_whose_list_changed_meanwhile_is_shown_again(keeper):
    old, new = CommunityFactory.create_batch(2)
    data = values(into=new.pk)
    preview = keeper.get(url_of(old, "merge"), data).context["preview"]
    MembershipFactory(role="community", community=old)

    response = keeper.post(url_of(old, "merge"), {**data, "seen": preview.fingerprint})

    assert response.status_code == 409
    assert not RegisterChange.objects.exists()


def test_village_is_converted(keeper):
    village = CommunityFactory(name="松州村", kind="village")
    data = values(name="松州社区", code="350602006901")

    confirm(keeper, url_of(village, "convert"), data)

    village.refresh_from_db()
    assert (village.name, village.official_name, village.kind, village.code) == (
        "松州社区",
        "松州社区居委会",
        "residents",
        "350602006901",
    )


def test_split_assigns_rows_and_names_the_main_part(keeper):
    old = CommunityFactory()
    first, second = MembershipFactory.create_batch(2, role="community", community=old)
    data = values(
        name_1="新1社区",
        code_1="350602006901",
        name_2="新2社区",
        code_2="350602006902",
        dissolve="on",
        main="2",
        **{f"assign-memberships:{second.pk}": "0"},
    )

    confirm(keeper, url_of(old, "split"), data)

    old.refresh_from_db()
    one, two = Community.objects.filter(name__startswith="新").order_by("name")
    places = [
        user.memberships.active().get().community for user in (first.user, second.user)
    ]
    assert (old.successor, places) == (two, [two, one])


def test_split_says_that_the_old_community_ends_and_proposes_the_main_part(keeper):
    old = CommunityFactory()
    MembershipFactory(role="community", community=old)
    data = values(
        name_1="新1社区",
        code_1="350602006901",
        name_2="新2社区",
        code_2="350602006902",
        dissolve="on",
        main="2",
    )

    response = keeper.get(url_of(old, "split"), data)

    page = response.content.decode()
    assert "<dt>原社区（村）</dt><dd>同时撤销</dd>" in page
    assert '<option value="1" selected>新2社区</option>' in page


def test_change_dated_ahead_waits(keeper):
    community = CommunityFactory(name="湖内社区")
    day = timezone.localdate() + timedelta(days=10)
    data = {"effective_on": day.isoformat(), "name": "湖滨社区"}

    confirm(keeper, url_of(community, "rename"), data)

    community.refresh_from_db()
    assert community.name == "湖内社区"
    assert RegisterChange.objects.get().state == RegisterChange.State.PLANNED


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("rename", {}, "name"),
        ("rename", {"name": "零\u200b宽"}, "name"),
        ("rename", {"name": "湖滨社区", "effective_on": "9999-01-01"}, "effective_on"),
        ("convert", {"name": "松州社区", "code": "12"}, "code"),
        ("convert", {"name": "松州社区", "code": "٣" * 12}, "code"),
        ("move", {"subdistrict": "abc"}, "subdistrict"),
        ("merge", {"into": "99999999999999999999"}, "into"),
        ("split", {"name_1": "新1社区"}, "code_1"),
        ("split", {"code_2": "350602006902"}, "name_2"),
        ("split", {"name_2": "新2社区"}, "code_2"),
        ("split", {"dissolve": "on", "main": "3"}, "main"),
    ],
)
def test_input_that_makes_no_sense_is_said_at_the_field(keeper, kind, more, field):
    village = CommunityFactory(kind="village")

    response = keeper.post(url_of(village, kind), {**values(), **more})

    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_rename_to_the_name_it_has_is_refused_in_the_preview(keeper):
    community = CommunityFactory(name="湖内社区")

    response = keeper.get(url_of(community, "rename"), values(name="湖内社区"))

    assert "名称没有变化" in response.content.decode()
    assert response.context["can_confirm"] is False


def test_a_kind_that_communities_do_not_know_is_not_found(keeper):
    assert keeper.get(url_of(CommunityFactory(), "suspend")).status_code == 404
