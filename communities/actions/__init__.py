"""Writes to the registers; import them from here."""

from communities.actions.memberships import (
    GrantRefused,
    end_membership,
    grant_membership,
)
from communities.actions.organizations import (
    OrganizationRefused,
    next_organization_code,
    save_organization,
)

__all__ = [
    "GrantRefused",
    "OrganizationRefused",
    "end_membership",
    "grant_membership",
    "next_organization_code",
    "save_organization",
]
