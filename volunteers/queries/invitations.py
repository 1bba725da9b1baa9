"""Who may be asked to a shift, and what a person has been asked to; no names."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Activity
from communities.models import Community, Subdistrict
from volunteers.models import Invitation, Shift, Signup, Skill, Volunteer
from volunteers.rules import binding_elsewhere

MOST_SHOWN = 10


class Whom(models.TextChoices):
    """Those whom an organisation may ask; each group has agreed to it."""

    ALL = "all", _("两种都邀请")
    KNOWN = "known", _("参加过本单位活动的人")
    WILLING = "willing", _("愿意收到各单位邀请的人")


@dataclass(frozen=True)
class Criteria:
    """Whom an organiser has in mind."""

    whom: str = Whom.ALL
    street: Subdistrict | None = None
    community: Community | None = None
    skill: Skill | None = None


def invitable(shift: Shift, criteria: Criteria, *, by: User) -> models.QuerySet:
    """Volunteers who may be asked and could come; each once a shift.

    Left out: who was asked before, who has or had a place in the shift, whose other
    shift clashes, whom age or skill keeps away, and the organiser. One statement
    finds them all. Source: issue 6, "organiser invites".
    """
    signed_up = Signup.objects.filter(shift=shift, volunteer=models.OuterRef("pk"))
    asked = Invitation.objects.filter(shift=shift, volunteer=models.OuterRef("pk"))
    clash = binding_elsewhere(shift).filter(volunteer=models.OuterRef("pk"))
    people = (
        Volunteer.objects.filter(_agreed(shift, criteria.whom), user__is_active=True)
        .exclude(user=by)
        .filter(~models.Exists(signed_up), ~models.Exists(asked))
        .filter(~models.Exists(clash))
    )
    return _able(_chosen(people, criteria), shift)


def _agreed(shift: Shift, whom: str) -> models.Q:
    came = Signup.objects.filter(
        volunteer=models.OuterRef("pk"),
        state=Signup.State.ATTENDED,
        shift__activity__organization=shift.activity.organization_id,
    )
    known = models.Q(models.Exists(came), accepts_known=True)
    willing = models.Q(accepts_invitations=True)
    return {Whom.KNOWN: known, Whom.WILLING: willing}.get(whom, known | willing)


def _chosen(people: models.QuerySet, criteria: Criteria) -> models.QuerySet:
    if criteria.street:
        people = people.filter(home_community__subdistrict=criteria.street)
    if criteria.community:
        people = people.filter(home_community=criteria.community)
    if criteria.skill:
        people = _with_skill(people, [criteria.skill.pk])
    return people


def _able(people: models.QuerySet, shift: Shift) -> models.QuerySet:
    """Those whom age and the skills the posts ask for let come."""
    is_minor = models.Q(user__age_band=User.AgeBand.MINOR)
    risky = shift.activity.risk != Activity.Risk.LOW
    if shift.is_adults_only or risky or shift.is_at_night:
        people = people.exclude(is_minor)
    else:
        people = people.filter(
            ~is_minor | models.Q(guardian_consented_at__isnull=False)
        )
    wanted = set(shift.posts.values_list("skill_id", flat=True))
    if wanted and None not in wanted:
        people = _with_skill(people, wanted)
    return people


def _with_skill(people: models.QuerySet, skills: object) -> models.QuerySet:
    own = Volunteer.skills.through.objects.filter(
        volunteer_id=models.OuterRef("pk"), skill_id__in=skills
    )
    return people.filter(models.Exists(own))


def waiting_invitations(user: User, *, now: datetime) -> models.QuerySet:
    """What the person was asked to, has not answered and can still sign up for."""
    signed_up = Signup.objects.filter(
        shift=models.OuterRef("shift"), volunteer=models.OuterRef("volunteer")
    )
    return (
        Invitation.objects.filter(
            volunteer__user=user,
            declined_at=None,
            shift__state=Shift.State.SCHEDULED,
            shift__signup_closes_at__gt=now,
            shift__activity__state=Activity.State.PUBLISHED,
        )
        .filter(~models.Exists(signed_up))
        .select_related("shift__activity__organization")
        .order_by("shift__starts_at", "pk")[:MOST_SHOWN]
    )


def invitation_to(user: User, shift: Shift) -> Invitation | None:
    """The invitation to the shift the person has not answered, or None."""
    if not user.is_authenticated:
        return None
    return shift.invitations.filter(volunteer__user=user, declined_at=None).first()
