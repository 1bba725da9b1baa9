"""The pages of dated changes: the wizard, the list, undoing and trying again."""

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.actions import apply_due_changes
from communities.models import Organization, RegisterChange
from communities.queries.changes import desk_changes
from tests.communities.trees import Kind, ahead, branch, change, committee
from tests.factories.communities import MembershipFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

LIST = reverse("communities:change_list")


@pytest.fixture
def keeper(signed_in, committee_official):
    return signed_in(committee_official)


@pytest.fixture
def old():
    return committee(name="旧党委", unit_name="旧单位")


@pytest.fixture
def new(old):
    return committee(old.parent, name="新党委", unit_name="新单位")


def wizard(organization, kind):
    return reverse("communities:change_form", args=[organization.pk, kind.value])


def seen(response):
    return response.context["preview"].fingerprint


def merging(new, day="2026-05-01"):
    return {"effective_on": day, "into": new.pk, "document": "示例〔2026〕1号"}


def test_changes_offered_fit_the_organisation(keeper, old):
    url = reverse("communities:change_create", args=[old.pk])

    offered = keeper.get(url).context["kinds"]
    of_root = keeper.get(
        reverse("communities:change_create", args=[old.parent_id])
    ).context["kinds"]

    assert Kind.MOVE in offered
    assert Kind.RESUME not in offered
    assert Kind.MOVE not in of_root


def test_wizard_opens_with_an_empty_form(keeper, old):
    response = keeper.get(wizard(old, Kind.RENAME))

    assert response.status_code == 200
    assert response.context["form"]["name"].value() == "旧党委"


def test_wizard_with_nothing_filled_in_says_what_is_missing(keeper, old):
    response = keeper.get(wizard(old, Kind.MERGE), {"effective_on": ""})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"effective_on", "into"}


def test_unknown_kind_is_not_found(keeper, old):
    url = reverse("communities:change_form", args=[old.pk, "convert"])

    assert keeper.get(url).status_code == 404


def test_preview_lists_what_a_merger_touches_and_writes_nothing(keeper, old, new):
    own = branch(old, name="示例下级支部")
    held = MembershipFactory(role="unit", organization=old)

    response = keeper.get(wizard(old, Kind.MERGE), merging(new))

    page = response.content.decode()
    groups = {row["label"]: row["count"] for row in response.context["preview"].groups}
    assert groups == {"下级党组织": 1, "角色授权": 1}
    assert own.name in page
    assert str(held.user) in page
    assert RegisterChange.objects.count() == 0


def test_confirming_merges(keeper, committee_official, old, new):
    preview = keeper.get(wizard(old, Kind.MERGE), merging(new))

    response = keeper.post(
        wizard(old, Kind.MERGE), {**merging(new), "seen": seen(preview)}
    )

    done = RegisterChange.objects.get()
    old.refresh_from_db()
    assert response["Location"] == done.get_absolute_url()
    assert (old.state, done.document) == ("merged", "示例〔2026〕1号")
    assert done.created_by == committee_official


def test_confirming_what_has_changed_meanwhile_shows_it_again(keeper, old, new):
    preview = keeper.get(wizard(old, Kind.MERGE), merging(new))
    branch(old, name="示例后来支部")

    response = keeper.post(
        wizard(old, Kind.MERGE), {**merging(new), "seen": seen(preview)}
    )

    old.refresh_from_db()
    assert response.status_code == 409
    assert "示例后来支部" in response.content.decode()
    assert old.state == "active"


def test_preview_of_what_is_refused_says_why_and_cannot_be_confirmed(keeper, old):
    branch(old, name="示例留存支部")
    values = {"effective_on": "2026-05-01"}

    preview = keeper.get(wizard(old, Kind.DISSOLVE), values)
    response = keeper.post(
        wizard(old, Kind.DISSOLVE), {**values, "seen": seen(preview)}
    )

    assert "示例留存支部" in preview.context["remark"]
    assert "确认，立即生效" not in preview.content.decode()
    assert response.status_code == 409
    assert RegisterChange.objects.count() == 0


def test_preview_of_a_dissolution_tells_what_must_be_settled_first(keeper, old):
    branch(old)
    MembershipFactory(role="unit", organization=old)

    response = keeper.get(wizard(old, Kind.DISSOLVE), {"effective_on": "2026-05-01"})

    outcomes = [
        row["held"].outcome
        for group in response.context["preview"].groups
        for row in group["rows"]
    ]
    assert outcomes == ["撤销前须先处理", "前一天结束"]


def test_posting_an_invalid_form_changes_nothing(keeper, old):
    response = keeper.post(wizard(old, Kind.RENAME), {"effective_on": "morgen"})

    assert response.status_code == 422
    assert RegisterChange.objects.count() == 0


def test_going_back_keeps_what_was_typed(keeper, old):
    values = {"effective_on": "2026-05-01", "name": "新名", "unit_name": "旧单位"}

    response = keeper.get(wizard(old, Kind.RENAME), {**values, "edit": "1"})

    assert response.status_code == 200
    assert 'value="新名"' in response.content.decode()


def test_rename_previews_the_branches_that_follow(keeper, old):
    own = branch(old, unit_name="旧单位", name="示例同单位支部")
    values = {
        "effective_on": "2026-05-01",
        "name": "旧党委",
        "unit_name": "新单位",
        "with_children": "on",
    }

    preview = keeper.get(wizard(old, Kind.RENAME), values)
    keeper.post(wizard(old, Kind.RENAME), {**values, "seen": seen(preview)})

    own.refresh_from_db()
    assert "示例同单位支部" in preview.content.decode()
    assert own.unit_name == "新单位"


def test_change_dated_ahead_is_registered_only(keeper, old, new):
    values = merging(new, day=ahead().isoformat())
    preview = keeper.get(wizard(old, Kind.MERGE), values)

    response = keeper.post(
        wizard(old, Kind.MERGE), {**values, "seen": seen(preview)}, follow=True
    )

    old.refresh_from_db()
    assert old.state == "active"
    assert RegisterChange.objects.get().state == "planned"
    assert "之前可以撤回" in response.content.decode()


def test_split_asks_where_each_row_goes(keeper, old):
    stays, goes = branch(old), branch(old)
    values = {"effective_on": "2026-05-01", "name_1": "甲党委", "name_2": "乙党委"}

    preview = keeper.get(wizard(old, Kind.SPLIT), values)
    keeper.post(
        wizard(old, Kind.SPLIT),
        {
            **values,
            "seen": seen(preview),
            f"assign-children:{stays.pk}": "",
            f"assign-children:{goes.pk}": "1",
        },
    )

    goes.refresh_from_db()
    stays.refresh_from_db()
    assert f'name="assign-children:{goes.pk}"' in preview.content.decode()
    assert goes.parent.name == "乙党委"
    assert stays.parent == old


def test_split_that_dissolves_gives_everything_to_new_ones(keeper, old):
    own = branch(old)
    values = {"effective_on": "2026-05-01", "name_1": "甲党委", "dissolve": "on"}
    preview = keeper.get(wizard(old, Kind.SPLIT), values)

    keeper.post(wizard(old, Kind.SPLIT), {**values, "seen": seen(preview)})

    own.refresh_from_db()
    old.refresh_from_db()
    assert own.parent.name == "甲党委"
    assert (old.state, old.successor) == ("dissolved", own.parent)


def test_split_with_a_place_that_is_none_leaves_the_row(keeper, old):
    own = branch(old)
    values = {"effective_on": "2026-05-01", "name_1": "甲党委"}
    preview = keeper.get(wizard(old, Kind.SPLIT), values)

    keeper.post(
        wizard(old, Kind.SPLIT),
        {**values, "seen": seen(preview), f"assign-children:{own.pk}": "7"},
    )

    own.refresh_from_db()
    assert own.parent == old


def test_list_shows_failed_and_planned_changes_first(keeper, old, new):
    change(old, Kind.RENAME, name="改名党委")
    change(old, Kind.RENAME, day=ahead(40), name="再改党委")
    change(new, Kind.DISSOLVE, day=ahead(1))
    branch(new)
    apply_due_changes(today=ahead(2))

    page = keeper.get(LIST).context["page"]

    assert [row.state for row in page] == ["failed", "planned", "applied"]
    assert page[-1].target_name == "旧党委"


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_a_fixed_number_of_queries(keeper, django_assert_num_queries, count):
    for organization in OrganizationFactory.create_batch(count):
        change(organization, Kind.RENAME, name="改名支部")

    with django_assert_num_queries(7):
        keeper.get(LIST)


def test_list_is_narrowed_by_state(keeper, old):
    change(old, Kind.RENAME, name="改名党委")

    response = keeper.get(LIST, {"state": "planned"})

    assert list(response.context["page"]) == []
    assert "没有符合条件的变更" in response.content.decode()


def test_planned_change_is_undone_with_a_reason(keeper, old):
    planned = change(old, Kind.RENAME, day=ahead(), name="改名党委")
    url = reverse("communities:change_undo", args=[planned.pk])
    asked = keeper.get(planned.get_absolute_url()).content.decode()
    assert "撤回后不会生效，也不能恢复" in asked.partition('name="reason"')[0]

    without = keeper.post(url, {"reason": ""})
    response = keeper.post(url, {"reason": "文件作废"}, follow=True)

    planned.refresh_from_db()
    assert without.status_code == 422
    assert planned.state == "undone"
    assert "文件作废" in response.content.decode()


def test_undoing_what_was_carried_out_is_refused_in_words(keeper, old):
    done = change(old, Kind.RENAME, name="改名党委")
    url = reverse("communities:change_undo", args=[done.pk])

    response = keeper.post(url, {"reason": "文件作废"}, follow=True)

    assert "已生效" in response.content.decode()
    old.refresh_from_db()
    assert old.name == "改名党委"


def test_failed_change_is_tried_again(keeper, old):
    planned = change(old, Kind.DISSOLVE, day=ahead())
    late = branch(old)
    apply_due_changes(today=ahead())
    url = reverse("communities:change_retry", args=[planned.pk])

    refused = keeper.post(url, follow=True).content.decode()
    change(late, Kind.DISSOLVE, day=timezone.localdate())
    keeper.post(url)

    old.refresh_from_db()
    assert late.name in refused
    assert old.state == "dissolved"


def test_page_of_a_planned_merger_lists_what_it_would_touch(keeper, old, new):
    branch(old, name="示例下级支部")
    planned = change(old, Kind.MERGE, day=ahead(), successor=new.pk)

    page = keeper.get(planned.get_absolute_url()).content.decode()

    assert "示例下级支部" in page
    assert "新党委" in page


@pytest.mark.parametrize("role", ["office", "unit"])
def test_other_roles_may_not_change_the_register(signed_in, old, role):
    scope = {"organization": old} if role == "unit" else {}
    client = signed_in(MembershipFactory(role=role, **scope).user)

    response = client.post(wizard(old, Kind.DISSOLVE), {"effective_on": "2026-05-01"})

    assert response.status_code == 403
    assert Organization.objects.get(pk=old.pk).state == "active"


def test_change_of_what_is_none_is_not_found(keeper):
    assert keeper.get("/desk/changes/99999999999999999999/").status_code == 404
    assert keeper.get("/desk/organizations/0/changes/new/").status_code == 404


def test_desk_of_the_committee_shows_what_failed_and_comes_soon(
    committee_official, unit_official, old, new
):
    soon = change(old, Kind.RENAME, day=ahead(20), name="改名党委")
    change(old, Kind.RENAME, day=ahead(60), name="再改党委")
    failed = change(new, Kind.DISSOLVE, day=ahead(1))
    branch(new)
    apply_due_changes(today=ahead(1))
    today = timezone.localdate()

    assert desk_changes(committee_official, today=today)["rows"] == [failed, soon]
    assert desk_changes(unit_official, today=today) is None
