"""Needs, claims and resources: what is under way goes on with the successor.

What was delivered, confirmed or ended stays under the old name.
"""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from communities.actions.handovers.base import Handover, Held, chosen
from communities.models import (
    Community,
    Need,
    NeedClaim,
    Organization,
    Resource,
    ServiceProject,
)
from core import audit
from core.dates import day_text

ONE_DAY = timedelta(days=1)


class NeedHandover(Handover):
    """A community's drafts and needs under way."""

    name = "needs"
    label = gettext_lazy("需求")
    node_models = (Community,)

    def held(self, node: Community, *, on: date, to: Community | None) -> list[Held]:
        outcome = _outcome(to, on)
        return [
            Held(str(need.pk), _need_text(need), outcome, need.get_absolute_url())
            for need in _open_needs(node)
        ]

    def kept(self, node: Community, *, on: date) -> int:
        return node.needs.exclude(pk__in=_open_needs(node).values("pk")).count()

    def move(
        self,
        node: Community,
        to: Community,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        needs = chosen(_open_needs(node).select_for_update(of=("self",)), keys)
        for need in needs:
            need.community = to
            need.save(update_fields=["community"])
            audit.record(
                "communities.need_changed", target=need, by=by, community=str(to)
            )
        return len(needs)


class NeedClaimHandover(Handover):
    """A unit's claims that are not delivered yet.

    When the successor claims the same need already, the pieces are added to its
    claim; one it had delivered becomes live again, since more is to come.
    """

    name = "need_claims"
    label = gettext_lazy("认领的需求")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        return [
            Held(
                str(claim.pk),
                _claim_text(claim),
                _claim_outcome(claim, to, on),
                claim.get_absolute_url(),
            )
            for claim in _live_claims(node)
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        live = _live_claims(node).values("pk")
        return node.need_claims.exclude(pk__in=live).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        _lock_needs(node)
        claims = chosen(_live_claims(node).select_for_update(of=("self",)), keys)
        for claim in claims:
            held = _claim_of(to, claim.need)
            if held is None:
                claim.organization = to
                claim.save(update_fields=["organization"])
                audit.record(
                    "communities.need_claim_changed",
                    target=claim,
                    by=by,
                    instead_of=str(node),
                )
            else:
                _add_to(held, claim, by)
        return len(claims)


class ResourceHandover(Handover):
    """What a unit offers, and the projects that stand on it.

    The old row ends the day before; one of the successor follows on.
    """

    name = "resources"
    label = gettext_lazy("资源和服务项目")
    node_models = (Organization,)

    def held(
        self, node: Organization, *, on: date, to: Organization | None
    ) -> list[Held]:
        outcome = _outcome(to, on)
        return [
            Held(str(row.pk), _resource_text(row), outcome, row.get_absolute_url())
            for row in _offered(node, on)
        ]

    def kept(self, node: Organization, *, on: date) -> int:
        return node.resources.filter(starts_on__lt=on).count()

    def move(
        self,
        node: Organization,
        to: Organization,
        *,
        on: date,
        by: User | None,
        keys: Collection[str] | None = None,
    ) -> int:
        rows = chosen(_offered(node, on).select_for_update(of=("self",)), keys)
        for row in rows:
            if row.starts_on >= on:
                row.organization = to
                row.save(update_fields=["organization"])
                audit.record(
                    "communities.resource_changed",
                    target=row,
                    by=by,
                    instead_of=str(node),
                )
            else:
                _follow_on(row, to, on, by)
        return len(rows)


def _outcome(to: Organization | Community | None, on: date) -> str:
    if to is None:
        return _("自%(day)s起承接") % {"day": day_text(on)}
    return _("自%(day)s起由%(name)s承接") % {"day": day_text(on), "name": to.name}


def _open_needs(community: Community) -> models.QuerySet:
    states = (Need.State.DRAFT, *Need.WORKING_STATES)
    return community.needs.filter(state__in=states).order_by("pk")


def _need_text(need: Need) -> str:
    return _("%(need)s（%(state)s）") % {
        "need": need.title,
        "state": need.get_state_display(),
    }


def _live_claims(organization: Organization) -> models.QuerySet:
    return (
        organization.need_claims.filter(
            state=NeedClaim.State.ACTIVE, need__state__in=Need.WORKING_STATES
        )
        .select_related("need")
        .order_by("need_id", "pk")
    )


def _lock_needs(organization: Organization) -> None:
    ids = _live_claims(organization).order_by().values("need_id")
    list(Need.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _claim_text(claim: NeedClaim) -> str:
    return f"{claim.need.title}：{claim.quantity} {claim.need.measure}"


def _claim_of(organization: Organization, need: Need) -> NeedClaim | None:
    held = need.claims.exclude(state=NeedClaim.State.WITHDRAWN)
    return held.filter(organization=organization).first()


def _claim_outcome(claim: NeedClaim, to: Organization | None, on: date) -> str:
    if to is not None and _claim_of(to, claim.need):
        return _("并入%(name)s对同一需求的认领") % {"name": to.name}
    return _outcome(to, on)


def _add_to(held: NeedClaim, claim: NeedClaim, by: User | None) -> None:
    reason = _("单位合并，认领数量并入%(name)s。") % {"name": held.organization.name}
    claim.move_to(NeedClaim.State.WITHDRAWN, by=by, reason=reason)
    held.quantity += claim.quantity
    held.save(update_fields=["quantity"])
    audit.record(
        "communities.need_claim_changed",
        target=held,
        by=by,
        quantity=held.quantity,
    )
    if held.state == NeedClaim.State.DELIVERED:
        held.move_to(NeedClaim.State.ACTIVE, by=by, reason=reason)


def _offered(organization: Organization, on: date) -> models.QuerySet:
    return organization.resources.offered(on).order_by("pk")


def _resource_text(resource: Resource) -> str:
    live = resource.projects.filter(state__in=ServiceProject.LIVE_STATES).count()
    if not live:
        return resource.title
    return _("%(title)s（%(count)d 个服务项目）") % {
        "title": resource.title,
        "count": live,
    }


def _follow_on(resource: Resource, to: Organization, on: date, by: User | None) -> None:
    successor = Resource.objects.create(
        organization=to,
        category=resource.category,
        title=resource.title,
        text=resource.text,
        starts_on=on,
        ends_on=resource.ends_on,
        created_by_id=resource.created_by_id,
    )
    audit.record(
        "communities.resource_created",
        target=successor,
        by=by,
        continues=resource.pk,
    )
    resource.ends_on = on - ONE_DAY
    resource.save(update_fields=["ends_on"])
    audit.record("communities.resource_ended", target=resource, by=by, to=str(to))
    projects = resource.projects.filter(state__in=ServiceProject.LIVE_STATES)
    for project in projects.select_for_update().order_by("pk"):
        project.resource = successor
        project.save(update_fields=["resource"])
        audit.record(
            "communities.service_project_changed",
            target=project,
            by=by,
            resource=successor.pk,
        )
