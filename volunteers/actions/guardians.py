"""Guardians of people of 14 to 17: asked by a link, agree, take it back."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import RuleError
from core.transactions import retried_atomic
from volunteers.actions.companions import end_group_of
from volunteers.actions.locks import lock_shift, lock_volunteers
from volunteers.actions.waitlist import free_place, offer_places, save_counts
from volunteers.models import GuardianConsent, Shift, Signup, Volunteer
from volunteers.notices.guardians import guardian_agreed, guardian_took_back
from volunteers.notices.signups import signup_cancelled

State = GuardianConsent.State


class GuardianRefused(RuleError):
    """The consent cannot be asked for or given."""


@retried_atomic
def ask_guardian(*, volunteer: Volunteer, by: User) -> GuardianConsent:
    """Make the link a minor hands to their guardian; a second time the same one.

    Raises GuardianRefused for an adult. Source: PRODUCT section 4, personal data.
    """
    [volunteer] = lock_volunteers([volunteer.pk])
    if not volunteer.user.is_minor:
        raise GuardianRefused(_("已满18周岁，不需要监护人同意。"))
    if held := _live_consent(volunteer):
        return held
    consent = GuardianConsent.objects.create(
        volunteer=volunteer, text_version=settings.GUARDIAN_CONSENT_VERSION
    )
    audit.record("volunteers.guardian_consent_requested", target=consent, by=by)
    return consent


def _live_consent(volunteer: Volunteer) -> GuardianConsent | None:
    live = volunteer.guardian_consents.filter(state__in=[State.ASKED, State.GIVEN])
    return live.first()


@retried_atomic
def give_guardian_consent(
    *, consent: GuardianConsent, guardian_name: str, now: datetime
) -> GuardianConsent:
    """The guardian agrees by their name; the minor is told and may sign up.

    Raises GuardianRefused when the link is used up, or when the name is the minor's.
    """
    volunteer, consent = _locked(consent)
    if consent.state != State.ASKED:
        raise GuardianRefused(_("这个链接已用过或已作废，请让孩子重新发一个。"))
    if not volunteer.user.is_minor:
        raise GuardianRefused(_("孩子已满18周岁，不再需要监护人同意。"))
    if _plain(guardian_name) == _plain(volunteer.user.display_name):
        raise GuardianRefused(_("请填写监护人本人的姓名，不是孩子的姓名。"))
    consent.move_to(State.GIVEN, by=None, guardian_name=guardian_name, given_at=now)
    _keep_on_person(volunteer, name=guardian_name, at=now)
    guardian_agreed(consent)
    return consent


def _plain(name: str) -> str:
    return "".join(name.split())


@retried_atomic
def withdraw_guardian_consent(
    *, consent: GuardianConsent, by: User | None, now: datetime
) -> list[Signup]:
    """Take the consent back, by the guardian (`by` None) or the minor; no reason.

    Live sign-ups for shifts that have not started are cancelled, not as late ones,
    and their places offered on; the minor is told once. Returns these sign-ups. A
    second time nothing happens.
    """
    volunteer, held = _locked(consent, locks_row=False)
    cancelled = []
    if held.state == State.GIVEN:
        cancelled = _cancel_coming(volunteer, by=by, now=now)
    consent = GuardianConsent.objects.select_for_update().get(pk=held.pk)
    if consent.state == State.WITHDRAWN:
        return []
    was_given = consent.state == State.GIVEN
    consent.move_to(State.WITHDRAWN, by=by)
    if was_given:
        _keep_on_person(volunteer, name="", at=None)
        guardian_took_back(consent, cancelled)
    return cancelled


def _locked(
    consent: GuardianConsent, *, locks_row: bool = True
) -> tuple[Volunteer, GuardianConsent]:
    """The person, locked, and the consent as it is now.

    Whoever changes a consent holds the person's lock.
    """
    [volunteer] = lock_volunteers([consent.volunteer_id])
    rows = GuardianConsent.objects.all()
    if locks_row:
        rows = rows.select_for_update()
    consent = rows.get(pk=consent.pk)
    consent.volunteer = volunteer
    return volunteer, consent


def _keep_on_person(volunteer: Volunteer, *, name: str, at: datetime | None) -> None:
    volunteer.guardian_name, volunteer.guardian_consented_at = name, at
    volunteer.save(update_fields=["guardian_name", "guardian_consented_at"])


def _cancel_coming(
    volunteer: Volunteer, *, by: User | None, now: datetime
) -> list[Signup]:
    shifts = Shift.objects.filter(
        state=Shift.State.SCHEDULED,
        starts_at__gt=now,
        signups__volunteer=volunteer,
        signups__state__in=Signup.LIVE_STATES,
    )
    pks = sorted(set(shifts.values_list("pk", flat=True)))
    reason = _("监护人撤回同意")
    found = [call_off(pk, volunteer, reason=reason, by=by, now=now) for pk in pks]
    return [signup for signup in found if signup is not None]


def call_off(
    shift_id: int, volunteer: Volunteer, *, reason: str, by: User | None, now: datetime
) -> Signup | None:
    """Cancel the locked minor's live sign-up, not as a late one; offer the place on.

    Returns it, or None when there is none any more. The caller tells the person.
    """
    shift = lock_shift(shift_id)
    live = shift.signups.live().select_for_update(of=("self",))
    signup = live.filter(volunteer=volunteer).first()
    if signup is None:
        return None
    signup.shift, signup.volunteer = shift, volunteer
    free_place(shift, signup)
    signup.reason = reason
    signup.save(update_fields=["reason"])
    signup.move_to(
        Signup.State.CANCELLED,
        by=by,
        reason=reason,
        cancelled_at=now,
        cancelled_by=by,
        is_late=False,
    )
    end_group_of(signup, now=now)
    signup_cancelled(signup)
    offer_places(shift, now=now)
    save_counts(shift)
    return signup
