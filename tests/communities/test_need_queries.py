"""Who sees which needs, what is open to whom, what waits on the desk."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from communities.actions.history import keep_version
from communities.actions.need_claims import deliver_claim
from communities.actions.needs import confirm_need, withdraw_need
from communities.models import Need
from communities.queries.needs import (
    SORTS,
    desk_needs,
    needs_listed_for,
    needs_of_community,
    needs_visible_to,
    open_to,
    with_communities_then,
    with_units_then,
)
from communities.queries.resources import (
    needs_for_resource,
    resources_for_need,
    resources_of_organization,
    resources_visible_to,
)
from tests.communities.needs import (
    claim,
    community_official,
    days,
    official_of,
    paired_unit,
)
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
    PairingFactory,
)
from tests.factories.needs import (
    NeedFactory,
    PublishedNeedFactory,
    ResourceFactory,
    ServiceProjectFactory,
)

pytestmark = pytest.mark.django_db
State = Need.State


def open_for(user, now=None):
    return set(open_to(user, Need.objects.all(), now=now or timezone.now()))


# Who sees what --------------------------------------------------------------


def test_draft_shows_to_its_own_community_alone():
    draft = NeedFactory()
    own = community_official(draft.community)
    others = [
        MembershipFactory(role="office").user,
        MembershipFactory(role="street", subdistrict=draft.community.subdistrict).user,
        official_of(OrganizationFactory()),
        community_official(CommunityFactory()),
        UserFactory(),
    ]

    assert list(needs_visible_to(own)) == [draft]
    assert [list(needs_visible_to(user)) for user in others] == [[]] * 5


def test_published_need_shows_to_its_street_and_the_district_and_units():
    need = PublishedNeedFactory()
    street = need.community.subdistrict
    who = {
        "street": MembershipFactory(role="street", subdistrict=street).user,
        "office": MembershipFactory(role="office").user,
        "auditor": MembershipFactory(role="auditor").user,
        "unit": official_of(OrganizationFactory()),
        "other community": community_official(CommunityFactory()),
        "volunteer": UserFactory(),
    }

    seen = {name for name, user in who.items() if needs_visible_to(user).exists()}

    assert seen == {"street", "office", "auditor", "unit"}


def test_list_of_a_unit_holds_what_is_unclaimed_and_what_it_claimed():
    made, official = claim(PublishedNeedFactory(quantity=1))
    open_one = PublishedNeedFactory()
    others, _other_official = claim(PublishedNeedFactory(quantity=1))

    listed = set(needs_listed_for(official))

    assert listed == {made.need, open_one}
    assert others.need in needs_visible_to(official)


# Open to whom ---------------------------------------------------------------


def test_need_is_open_to_paired_units_at_once_and_to_others_later():
    need = PublishedNeedFactory()
    _organization, paired = paired_unit(need.community)
    other = official_of(OrganizationFactory())
    later = need.opens_to_all_at

    assert open_for(paired) == {need}
    assert open_for(other) == set()
    assert open_for(other, now=later) == {need}
    assert open_for(other, now=later - timedelta(seconds=1)) == set()


def test_need_a_unit_claimed_is_not_open_to_it_any_more():
    made, official = claim(PublishedNeedFactory(quantity=3))

    assert open_for(official) == set()
    assert made.need.remaining == 2


@pytest.mark.parametrize(
    "values",
    [
        {"state": State.DRAFT},
        {"state": State.EXPIRED},
        {"claimed": 3},
        {"wanted_by": timezone.localdate() - days(2)},
    ],
    ids=["draft", "expired", "claimed", "past"],
)
def test_need_with_nothing_to_claim_is_open_to_nobody(values):
    need = PublishedNeedFactory(**values)
    _organization, official = paired_unit(need.community)

    assert open_for(official) == set()


def test_needs_are_open_to_nobody_who_does_not_claim():
    need = PublishedNeedFactory()

    assert open_for(community_official(need.community)) == set()


def test_needs_are_sorted_by_day_and_by_what_is_left():
    today = timezone.localdate()
    late = PublishedNeedFactory(wanted_by=today + days(9), quantity=1)
    soon = PublishedNeedFactory(wanted_by=today + days(1), quantity=5, claimed=3)
    never = PublishedNeedFactory(quantity=9)

    by_day = list(Need.objects.order_by(*SORTS["wanted"]))
    by_left = list(Need.objects.order_by(*SORTS["remaining"]))

    assert by_day == [soon, late, never]
    assert by_left == [never, soon, late]


# Names of the day -----------------------------------------------------------


def test_confirmed_need_keeps_the_name_its_community_had():
    community = CommunityFactory(name="旧名社区")
    need = PublishedNeedFactory(community=community, quantity=1)
    made, official = claim(need)
    deliver_claim(claim=made, by=official)
    confirm_need(need=need, by=official)
    Need.objects.filter(pk=need.pk).update(
        state_changed_at=timezone.now() - timedelta(days=30)
    )
    rename(community, "新名社区")
    open_one = PublishedNeedFactory(community=community)

    needs = Need.objects.select_related("community").order_by("pk")
    names = {row.pk: row.community_then.name for row in with_communities_then(needs)}

    assert names == {need.pk: "旧名社区", open_one.pk: "新名社区"}


def rename(community, name):
    keep_version(community)
    community.name = name
    community.save()
    keep_version(community, on=timezone.localdate() - days(1))


def test_claim_given_up_keeps_the_name_its_unit_had():
    made, official = claim(PublishedNeedFactory())
    made.move_to("withdrawn", by=official, reason="误点")

    (row,) = with_units_then([made])

    assert row.organization_then.name == made.organization.name


# Matching -------------------------------------------------------------------


def reasons(matches):
    return [(match.row, match.reasons) for match in matches]


def test_resources_of_the_category_are_suggested_and_paired_units_first():
    need = PublishedNeedFactory(category="goods")
    paired, _official = paired_unit(need.community)
    near = ResourceFactory(organization=paired)
    far = ResourceFactory()
    ResourceFactory(category="venue")
    ResourceFactory(ends_on=timezone.localdate() - days(1))

    found = resources_for_need(
        need, user=community_official(need.community), day=timezone.localdate()
    )

    assert reasons(found) == [
        (near, ("结对单位", "类别相同")),
        (far, ("类别相同",)),
    ]


def test_unit_is_suggested_its_own_resources_alone():
    need = PublishedNeedFactory()
    own = ResourceFactory()
    ResourceFactory()

    found = resources_for_need(
        need, user=official_of(own.organization), day=timezone.localdate()
    )

    assert [match.row for match in found] == [own]


def test_resource_in_a_project_for_the_need_is_not_suggested_again():
    project = ServiceProjectFactory()

    found = resources_for_need(
        project.need,
        user=community_official(project.need.community),
        day=timezone.localdate(),
    )

    assert found == []


def test_needs_of_the_category_are_suggested_and_paired_communities_first():
    far = PublishedNeedFactory(wanted_by=timezone.localdate())
    near = PublishedNeedFactory()
    organization, official = paired_unit(near.community)
    resource = ResourceFactory(organization=organization)
    PublishedNeedFactory(category="venue")
    PublishedNeedFactory(claimed=3)

    found = needs_for_resource(resource, user=official, now=timezone.now())

    assert reasons(found) == [
        (near, ("结对社区", "类别相同")),
        (far, ("类别相同",)),
    ]


def test_official_of_a_branch_sees_resources_of_the_own_unit():
    root = ResourceFactory().organization
    branch = OrganizationFactory(parent=root.parent, unit_name=root.unit_name)
    ResourceFactory()

    seen = resources_visible_to(official_of(branch))

    assert [row.organization for row in seen] == [root]


# Fragments ------------------------------------------------------------------


def test_everyone_reads_published_needs_of_a_community(community):
    need = PublishedNeedFactory(community=community)
    NeedFactory(community=community)
    NeedFactory(community=community, state=State.CONFIRMED)
    day = timezone.localdate()

    rows = needs_of_community(community, user=AnonymousUser(), day=day)
    official = community_official(community)

    assert [(row, row.is_in_scope) for row in rows] == [(need, False)]
    (seen,) = needs_of_community(community, user=official, day=day)
    assert seen.is_in_scope


def test_needs_of_an_earlier_day_are_those_published_then(community):
    now = timezone.now()
    over = PublishedNeedFactory(community=community, published_at=now - days(9))
    withdraw_need(need=over, reason="不需要了", by=community_official(community))
    PublishedNeedFactory(community=community)
    day = timezone.localdate() - days(3)

    rows = needs_of_community(community, user=AnonymousUser(), day=day)

    assert rows == [over]


def test_resources_of_an_organisation_are_those_of_the_day():
    resource = ResourceFactory(ends_on=timezone.localdate() - days(1))
    organization = resource.organization
    user = AnonymousUser()
    today = timezone.localdate()

    before = resources_of_organization(organization, user=user, day=today - days(1))
    after = resources_of_organization(organization, user=user, day=today)

    assert (before, after) == ([resource], [])


# The desk -------------------------------------------------------------------


def desk(user):
    return desk_needs(user, today=timezone.localdate())


@pytest.mark.parametrize("role", ["office", "committee", "auditor"])
def test_desk_of_the_district_has_no_needs(role):
    assert desk(MembershipFactory(role=role).user) is None


def test_desk_of_a_unit_shows_open_needs_and_own_claims():
    made, official = claim(PublishedNeedFactory(quantity=1))
    open_one = PublishedNeedFactory()
    PairingFactory(organization=made.organization, community=open_one.community)
    PublishedNeedFactory()

    waiting = desk(official)

    assert waiting["open"] == [open_one]
    assert (waiting["open"].total, waiting["claims"]) == (1, [made])
    assert not waiting["is_empty"]


def test_delivered_claim_leaves_the_desk_of_the_unit():
    made, official = claim(PublishedNeedFactory(quantity=1))
    deliver_claim(claim=made, by=official)

    assert desk(official)["is_empty"]


def test_desk_of_a_community_shows_what_to_confirm_and_what_is_late(community):
    delivered = NeedFactory(community=community, state=State.DELIVERED)
    late = PublishedNeedFactory(
        community=community, wanted_by=timezone.localdate() - days(1), claimed=1
    )
    draft = NeedFactory(community=community)
    NeedFactory(state=State.DELIVERED)

    waiting = desk(community_official(community))

    assert waiting["to_confirm"] == [delivered]
    assert (waiting["overdue"], waiting["drafts"]) == ([late], [draft])
