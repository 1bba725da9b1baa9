"""The command that gives roles."""

import pytest
from django.core.management import CommandError, call_command

from communities.models import Membership
from core.models import AuditEntry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_grant_role_makes_the_first_office_once(capsys):
    user = UserFactory(username="first")

    call_command("grant_role", "first", "office")
    call_command("grant_role", "first", "office")

    [membership] = Membership.objects.filter(user=user)
    assert (membership.role, membership.granted_by) == ("office", None)
    assert AuditEntry.objects.filter(verb="communities.membership_granted").count() == 1


def test_grant_role_for_a_unit_covers_the_organization(organization):
    user = UserFactory(username="liaison")

    call_command("grant_role", "liaison", "unit", scope=organization.code)

    assert Membership.objects.get(user=user).organization == organization


@pytest.mark.parametrize(
    ("username", "role", "scope", "words"),
    [
        ("nobody", "office", "", "No person"),
        ("someone", "unit", "", "needs --scope"),
        ("someone", "unit", "XC9999", "needs --scope"),
        ("someone", "office", "XC0001", "leave out"),
    ],
    ids=["no person", "no scope", "unknown scope", "scope not wanted"],
)
def test_grant_role_with_a_wrong_word_says_which(username, role, scope, words):
    UserFactory(username="someone")

    with pytest.raises(CommandError, match=words):
        call_command("grant_role", username, role, scope=scope)
    assert not Membership.objects.exists()
