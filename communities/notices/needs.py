"""Messages about needs and claims: to the other side of each."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Need, NeedClaim, ServiceProject
from communities.notices.telling import tell
from communities.queries.needs import (
    officials_of_community,
    officials_of_units,
    paired_unit_names,
)
from core.dates import day_text, moment_text


def need_published(need: Need) -> None:
    """Tell the officials of the units paired with the community, who may go first."""
    day = timezone.localdate(need.published_at)
    names = paired_unit_names(need.community, day=day)
    words = _words(need) | {"until": moment_text(need.opens_to_all_at)}
    body = _(
        "结对的%(community)s发布需求“%(need)s”（%(amount)s%(wanted)s）。"
        "%(until)s 前由结对单位优先认领。"
    )
    tell(
        officials_of_units(names),
        need,
        kind="need_published",
        title=_("结对社区有新需求：%(need)s") % words,
        body=body % words,
    )


def need_changed(need: Need, *, by_id: int | None) -> None:
    """Tell the claimants that the community changed what they took on."""
    words = _words(need)
    tell(
        _claimants(need) - {by_id},
        need,
        kind="need_changed",
        slot=timezone.now().isoformat(),
        title=_("认领的需求有变动：%(need)s") % words,
        body=_("%(community)s修改了“%(need)s”，现为 %(amount)s%(wanted)s，请查看。")
        % words,
    )


def need_withdrawn(need: Need, *, reason: str) -> None:
    """Tell the claimants that it is not needed any more."""
    words = _words(need) | {"reason": reason}
    tell(
        _claimants(need),
        need,
        kind="need_withdrawn",
        title=_("需求已撤回：%(need)s") % words,
        body=_("%(community)s撤回了“%(need)s”，不用再办。理由：%(reason)s") % words,
    )


def need_expired(need: Need) -> None:
    """Tell the community that nobody claimed it in time."""
    words = _words(need)
    tell(
        officials_of_community(need.community),
        need,
        kind="need_expired",
        title=_("需求已过期：%(need)s") % words,
        body=_("“%(need)s”到期无人认领，已自动关闭。仍需要的，请重新发布。") % words,
    )


def need_started(need: Need) -> None:
    """Tell the community that work has begun."""
    words = _words(need)
    tell(
        officials_of_community(need.community),
        need,
        kind="need_started",
        slot=need.state_changed_at.isoformat(),
        title=_("需求开始办理：%(need)s") % words,
        body=_("“%(need)s”已由认领单位开始办理。") % words,
    )


def need_delivered(need: Need) -> None:
    """Ask the community to confirm."""
    words = _words(need)
    tell(
        officials_of_community(need.community),
        need,
        kind="need_delivered",
        slot=need.state_changed_at.isoformat(),
        title=_("请确认需求：%(need)s") % words,
        body=_("“%(need)s”已全部交付，请确认；未办好的可以退回给认领单位。") % words,
    )


def need_confirmed(need: Need) -> None:
    """Thank the claimants."""
    words = _words(need)
    tell(
        _claimants(need),
        need,
        kind="need_confirmed",
        title=_("社区已确认：%(need)s") % words,
        body=_("%(community)s已确认“%(need)s”办结，感谢支持。") % words,
    )


def claim_made(claim: NeedClaim) -> None:
    """Tell the community who took how much."""
    words = _claim_words(claim)
    tell(
        officials_of_community(claim.need.community),
        claim,
        kind="need_claimed",
        title=_("需求有单位认领：%(need)s") % words,
        body=_("%(unit)s认领“%(need)s”%(share)s，还剩 %(left)s。") % words,
    )


def claim_withdrawn(claim: NeedClaim, *, reason: str) -> None:
    """Tell the community that pieces are free again."""
    words = _claim_words(claim) | {"reason": reason}
    tell(
        officials_of_community(claim.need.community),
        claim,
        kind="need_claim_withdrawn",
        title=_("单位放弃认领：%(need)s") % words,
        body=_("%(unit)s放弃认领“%(need)s”%(share)s，已重新开放。理由：%(reason)s")
        % words,
    )


def claim_delivered(claim: NeedClaim) -> None:
    """Tell the community that one unit has done its share."""
    words = _claim_words(claim)
    tell(
        officials_of_community(claim.need.community),
        claim,
        kind="need_claim_delivered",
        slot=claim.state_changed_at.isoformat(),
        title=_("单位已交付：%(need)s") % words,
        body=_("%(unit)s已交付“%(need)s”%(share)s。") % words,
    )


def claim_returned(claim: NeedClaim, *, reason: str) -> None:
    """Tell the unit what is still missing."""
    words = _claim_words(claim) | {"reason": reason}
    tell(
        _officials_of(claim),
        claim,
        kind="need_claim_returned",
        slot=claim.state_changed_at.isoformat(),
        title=_("交付被退回：%(need)s") % words,
        body=_("%(community)s退回了贵单位对“%(need)s”的交付。理由：%(reason)s") % words,
    )


def project_changed(project: ServiceProject, *, by_id: int | None) -> None:
    """Tell both sides of a project, except who did it, where it stands now."""
    people = officials_of_community(project.need.community)
    people |= officials_of_units([project.resource.organization.unit_name])
    words = {
        "project": project.title,
        "state": project.get_state_display(),
        "community": project.need.community,
        "unit": project.resource.organization.unit_name,
    }
    tell(
        people - {by_id},
        project,
        kind=f"project_{project.state}",
        title=_("服务项目%(state)s：%(project)s") % words,
        body=_("%(community)s与%(unit)s的服务项目“%(project)s”：%(state)s。") % words,
    )


def _words(need: Need) -> dict[str, str]:
    wanted = need.wanted_by and _("，%(day)s前") % {"day": day_text(need.wanted_by)}
    return {
        "need": need.title,
        "community": need.community.name,
        "amount": f"{need.quantity} {need.measure}",
        "left": f"{need.remaining} {need.measure}",
        "wanted": wanted or "",
    }


def _claim_words(claim: NeedClaim) -> dict[str, str]:
    return _words(claim.need) | {
        "unit": claim.organization.unit_name,
        "share": f"{claim.quantity} {claim.need.measure}",
    }


def _claimants(need: Need) -> set[int]:
    claims = need.claims.exclude(state=NeedClaim.State.WITHDRAWN)
    people: set[int] = set()
    for claim in claims.select_related("organization"):
        people |= _officials_of(claim)
    return people


def _officials_of(claim: NeedClaim) -> set[int]:
    return officials_of_units([claim.organization.unit_name])
