"""Roles: only below the giver's own, never to oneself, ended but not rewritten."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from communities.models import Membership
from core.audit import history_of
from tests.admin.pages import admin_url
from tests.factories.accounts import UserFactory
from tests.factories.communities import (
    CommunityFactory,
    MembershipFactory,
    OrganizationFactory,
)

LABEL = "communities.Membership"
pytestmark = pytest.mark.django_db


def grant(client, user, role, **scope):
    data = {"user": user.pk, "role": role, "starts_on": "2026-01-01", **scope}
    return client.post(admin_url(LABEL, "add"), data)


def end(client, membership, reason="调离岗位"):
    return client.post(
        admin_url(LABEL, "changelist"),
        {
            "action": "end_grant",
            "_selected_action": [membership.pk],
            "confirmed": "yes",
            "reason": reason,
        },
    )


def test_grant_by_office_gives_the_role_and_records_it(
    office, office_official, organization
):
    user = UserFactory()

    response = grant(office, user, "unit", organization=organization.pk)

    membership = Membership.objects.get(user=user)
    assert response.status_code == 302
    assert (membership.role, membership.organization) == ("unit", organization)
    assert membership.granted_by == office_official
    assert [row.verb for row in history_of(membership)] == [
        "communities.membership_granted"
    ]


def test_grant_of_the_office_role_is_refused(office):
    user = UserFactory()

    response = grant(office, user, "office")

    assert "role" in response.context["adminform"].form.errors
    assert not user.memberships.exists()


def test_grant_to_oneself_is_refused(office, office_official):
    response = grant(office, office_official, "auditor")

    assert response.context["adminform"].form.non_field_errors() == [
        "您不能授予该角色。"
    ]
    assert [row.role for row in office_official.memberships.all()] == ["office"]


def test_grant_without_the_scope_it_needs_is_refused(office):
    user = UserFactory()

    response = grant(office, user, "community")

    assert response.context["adminform"].form.non_field_errors() == [
        "所选范围与角色不符。"
    ]
    assert not user.memberships.exists()


def test_grant_with_two_scopes_is_refused(office):
    user = UserFactory()
    scopes = {
        "organization": OrganizationFactory().pk,
        "community": CommunityFactory().pk,
    }

    response = grant(office, user, "unit", **scopes)

    assert response.context["adminform"].form.non_field_errors() == [
        "所选范围与角色不符。"
    ]


def test_grant_that_ends_before_it_starts_is_refused(office):
    user = UserFactory()

    response = grant(office, user, "auditor", ends_on="2025-01-01")

    assert response.status_code == 200
    assert not user.memberships.exists()


def test_grant_held_already_is_refused(office):
    held = MembershipFactory(role="committee")

    response = grant(office, held.user, "committee")

    assert response.context["adminform"].form.non_field_errors() == [
        "该人员已有这项授权，不必重复授予。"
    ]


@pytest.mark.parametrize("role", ["committee", "auditor"])
def test_grant_by_others_is_forbidden(role, client_of):
    user = UserFactory()

    response = grant(client_of(role), user, "auditor")

    assert response.status_code == 403
    assert not user.memberships.exists()


def test_grant_by_superuser_without_role_is_refused(signed_in):
    root, user = UserFactory(is_superuser=True), UserFactory()

    grant(signed_in(root), user, "office")

    assert not user.memberships.exists()


def test_grant_offers_only_roles_below(office):
    form = office.get(admin_url(LABEL, "add")).context["adminform"].form

    assert [value for value, _label in form.fields["role"].choices] == [
        "",
        "committee",
        "unit",
        "street",
        "community",
        "auditor",
    ]


def test_end_asks_first(office):
    membership = MembershipFactory(role="committee")

    response = office.post(
        admin_url(LABEL, "changelist"),
        {"action": "end_grant", "_selected_action": [membership.pk]},
    )

    membership.refresh_from_db()
    assert response.context["rows"] == [(membership.pk, f"{membership.user}：机关工委")]
    assert membership.ends_on is None


def test_end_takes_the_right_away_and_records_it(office, office_official):
    membership = MembershipFactory(role="committee")

    end(office, membership)

    membership.refresh_from_db()
    assert membership.ends_on == timezone.localdate() - timedelta(days=1)
    [entry] = history_of(membership)
    assert (entry.verb, entry.actor_id, entry.reason) == (
        "communities.membership_ended",
        office_official.pk,
        "调离岗位",
    )


def test_end_without_a_reason_is_asked_for_one(office):
    membership = MembershipFactory(role="committee")

    response = end(office, membership, reason="")

    membership.refresh_from_db()
    assert "reason" in response.context["form"].errors
    assert membership.ends_on is None


def test_end_of_ones_own_role_is_refused(office, office_official):
    own = office_official.memberships.get()

    end(office, own)

    own.refresh_from_db()
    assert own.ends_on is None


def test_person_page_shows_past_and_present_roles(office):
    ended = MembershipFactory(role="auditor", ends_on=date(2021, 1, 1))
    MembershipFactory(role="committee", user=ended.user)

    page = office.get(admin_url("accounts.User", "change", ended.user_id))

    [formset] = page.context["inline_admin_formsets"]
    shown = {form.original.role for form in formset if form.original}
    assert shown == {"auditor", "committee"}


def test_end_of_an_equal_role_is_refused(office):
    colleague = MembershipFactory(role="office")

    response = end(office, colleague)

    colleague.refresh_from_db()
    assert colleague.ends_on is None
    assert response.status_code == 302


def test_end_by_auditor_does_nothing(client_of):
    membership = MembershipFactory(role="committee")

    end(client_of("auditor"), membership)

    membership.refresh_from_db()
    assert membership.ends_on is None


def test_membership_cannot_be_rewritten(office):
    membership = MembershipFactory(role="auditor")

    response = office.post(
        admin_url(LABEL, "change", membership.pk),
        {"user": membership.user_id, "role": "office", "starts_on": "2026-01-01"},
    )

    membership.refresh_from_db()
    assert response.status_code == 403
    assert membership.role == "auditor"


@pytest.mark.parametrize(
    ("asked", "roles"),
    [
        ({}, ["office", "committee"]),
        ({"current": "no"}, ["auditor"]),
        ({"current": "all"}, ["office", "committee", "auditor"]),
    ],
)
def test_list_shows_who_holds_what_today_by_role(asked, roles, office):
    MembershipFactory(role="auditor", ends_on=date(2021, 1, 1))
    MembershipFactory(role="committee")

    response = office.get(admin_url(LABEL, "changelist"), asked)

    assert [row.role for row in response.context["cl"].result_list] == roles


def test_list_keeps_those_of_one_scope_together(office):
    first, second = OrganizationFactory.create_batch(2)
    for unit in (second, first, second):
        MembershipFactory(role="unit", organization=unit)

    page = office.get(admin_url(LABEL, "changelist"), {"role__exact": "unit"})

    units = [row.organization for row in page.context["cl"].result_list]
    assert units == sorted(units, key=lambda unit: unit.name)
