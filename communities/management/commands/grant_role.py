"""Gives a person a role from the command line: how the first office comes to be."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models

from accounts.models import User
from communities.actions import grant_membership
from communities.models import Community, Membership, Organization, Subdistrict
from core.errors import RuleError

SCOPES = {
    Membership.Role.UNIT: Organization,
    Membership.Role.STREET: Subdistrict,
    Membership.Role.COMMUNITY: Community,
}


class Command(BaseCommand):
    help = (
        "Grant USERNAME a ROLE. unit, street and community need --scope CODE (the "
        "organisation's code or the division's code). The office is only granted "
        "here; doing it twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument("role", choices=Membership.Role.values)
        parser.add_argument("--scope", metavar="CODE", default="")

    def handle(self, *args: object, **options: object) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"No person with the user name {options['username']}.")
        try:
            membership = grant_membership(
                user=user,
                role=options["role"],
                scope=_scope(options["role"], options["scope"]),
                by=None,
            )
        except RuleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user}: {membership}, from {membership.starts_on}.")


def _scope(role: str, code: str) -> models.Model | None:
    if role not in SCOPES:
        if code:
            raise CommandError(
                f"The role {role} covers the district: leave out --scope."
            )
        return None
    scope = SCOPES[role].objects.filter(code=code).first()
    if scope is None:
        name = SCOPES[role]._meta.model_name
        raise CommandError(f"The role {role} needs --scope with the code of a {name}.")
    return scope
