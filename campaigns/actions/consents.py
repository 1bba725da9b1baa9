"""Writes to consents of people shown: recorded for one thing, taken back at any time.

Source: issue 4, virtue and family; PRODUCT section 4, personal data.
"""

from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.models import Consent, Honor, Story
from campaigns.notices import consents as notices
from core import audit
from core.errors import RuleError
from core.text import normalize_name
from core.transactions import retried_atomic

Thing = Honor | Story

# What is over takes no consents any more.
CLOSED_STATES = {
    Story: (Story.State.WITHDRAWN,),
    Honor: (
        Honor.State.REJECTED,
        Honor.State.WITHDRAWN,
        Honor.State.LAPSED,
        Honor.State.REVOKED,
    ),
}


class ConsentRefused(RuleError):
    """The consent cannot be recorded."""


def locked_thing(thing: Thing) -> Thing:
    """The honour or story as it is now, its row locked.

    Consents are written and looked at under this lock, so nothing is published
    beside a consent being taken back.
    """
    rows = type(thing).objects.select_for_update(of=("self",))
    return rows.select_related("organization", "community").get(pk=thing.pk)


def consents_of(thing: Thing) -> list[Consent]:
    """All consents recorded for it, taken back or not, in the order of recording."""
    return list(thing.consents.select_related("recorded_by").order_by("pk"))


def live_consents(thing: Thing) -> int:
    """How many consents hold."""
    return thing.consents.filter(withdrawn_at=None).count()


def has_family_consent(honor: Honor) -> bool:
    """Whether the family may be shown: somebody consents, and nobody stays withdrawn.

    Who took it back and consents again under the same name counts as consenting.
    """
    live, withdrawn = set(), set()
    for consent in honor.consents.all():
        key = normalize_name(consent.subject)
        (live if consent.is_live else withdrawn).add(key)
    return bool(live) and withdrawn <= live


@retried_atomic
def record_consent(
    *,
    thing: Thing,
    subject: str,
    method: str,
    given_on: date,
    is_guardian: bool = False,
    by: User,
) -> Consent:
    """Record that a person or family agrees to be shown in this honour or story.

    It is for the present version of the text. A family's honour becomes public again
    when nobody's consent is missing any more. Raises ConsentRefused for a day to
    come, for what is over, for an honour that is no family's, and when this person's
    consent holds already.
    """
    thing = locked_thing(thing)
    _check(thing, subject, given_on)
    consent = Consent.objects.create(
        **{thing._meta.model_name: thing},
        subject=subject,
        method=method,
        given_on=given_on,
        is_guardian=is_guardian,
        text_version=settings.SHOWN_CONSENT_VERSION,
        recorded_by=by,
    )
    audit.record(
        "campaigns.consent_recorded",
        target=consent,
        by=by,
        method=method,
        version=consent.text_version,
        **_name_of(thing),
    )
    if isinstance(thing, Honor):
        _show(thing, is_public=has_family_consent(thing))
    return consent


def _check(thing: Thing, subject: str, given_on: date) -> None:
    if isinstance(thing, Honor) and not thing.is_of_family:
        raise ConsentRefused(_("只有文明家庭需要登记展示同意。"))
    if thing.state in CLOSED_STATES[type(thing)]:
        raise ConsentRefused(
            _("%(thing)s%(state)s，不能再登记同意。")
            % {"thing": thing._meta.verbose_name, "state": thing.get_state_display()}
        )
    if given_on > timezone.localdate():
        raise ConsentRefused(_("同意日期不能晚于今天。"))
    live = thing.consents.filter(withdrawn_at=None)
    held = {normalize_name(name) for name in live.values_list("subject", flat=True)}
    if normalize_name(subject) in held:
        raise ConsentRefused(_("这位同意人的同意已经登记，不用重复登记。"))


@retried_atomic
def withdraw_consent(*, consent: Consent, by: User | None) -> Consent:
    """Take a consent back, and hide at once what it was given for.

    `by` is None for the person with the slip. A published story is hidden, a family's
    honour is no longer public; the officials who keep it are told. Twice does no more
    than once. No reason is asked.
    """
    thing = locked_thing(consent.thing)
    consent = (
        Consent.objects.select_for_update(of=("self",))
        .select_related("recorded_by", *_PATHS)
        .get(pk=consent.pk)
    )
    if not consent.is_live:
        return consent
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    audit.record(
        "campaigns.consent_withdrawn", target=consent, by=by, **_name_of(thing)
    )
    if isinstance(thing, Honor):
        _show(thing, is_public=not thing.is_of_family)
    elif thing.state == Story.State.PUBLISHED:
        thing.move_to(Story.State.HIDDEN, by=by)
    notices.consent_withdrawn(consent, by_id=getattr(by, "pk", None))
    return consent


_PATHS = (
    "story__organization",
    "story__community",
    "honor__organization",
    "honor__community",
)


def _show(honor: Honor, *, is_public: bool) -> None:
    if honor.is_public != is_public:
        honor.is_public = is_public
        honor.save(update_fields=["is_public"])


def _name_of(thing: Thing) -> dict[str, int]:
    """The thing's number for the audit line; its title may name a family."""
    return {thing._meta.model_name: thing.pk}
