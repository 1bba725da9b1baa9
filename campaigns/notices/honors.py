"""Messages about honours: whom, which words, which link.

Officials are told the holder's name, as they wrote it; who objected is told the kind
of a family's honour only, because the family may not be shown any more.
"""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.notifications.texts import fill, words_of
from campaigns.models import Honor, HonorObjection
from campaigns.queries.honor_rules import officials_of_honor, people_of_the_office
from communities.notices.telling import tell
from core.dates import day_starts_at, day_text


def honor_checked(honor: Honor, *, reason: str) -> None:
    """Tell the applicants what the office found: fit, to be mended, or refused."""
    words = _words(honor, reason=reason)
    bodies = {
        Honor.State.CHECKED: _("“%(honor)s”已通过核查，等待公示。"),
        Honor.State.RETURNED: _("“%(honor)s”被退回，请修改后再申报。理由：%(reason)s"),
        Honor.State.REJECTED: _("“%(honor)s”未通过。理由：%(reason)s"),
    }
    tell(
        officials_of_honor(honor),
        honor,
        kind=f"honor_{honor.state}",
        slot=honor.state_changed_at.isoformat(),
        title=_("荣誉申报%(state)s：%(honor)s") % words,
        body=bodies[honor.state] % words,
    )


def notice_started(honor: Honor) -> None:
    """Tell the applicants until when it is under public notice."""
    words = _words(honor, until=day_text(honor.notice_ends_on))
    tell(
        officials_of_honor(honor),
        honor,
        kind="honor_notice",
        title=_("荣誉开始公示：%(honor)s") % words,
        body=_("“%(honor)s”公示到%(until)s，期间公众可以提出异议。") % words,
    )


def objection_made(objection: HonorObjection) -> None:
    """Tell the office; who objected is seen on the page."""
    honor = objection.honor
    words = _words(honor)
    tell(
        people_of_the_office() - {objection.made_by_id},
        objection,
        kind="honor_objection",
        title=_("公示有异议：%(honor)s") % words,
        body=_("有人对“%(honor)s”的公示提出异议，处理后才能命名。") % words,
        path=reverse("campaigns:objection_answer", args=[objection.pk]),
    )


def objection_answered(objection: HonorObjection) -> None:
    """Tell who objected what came of it."""
    words = {
        "honor": objection.honor.audit_name,
        "state": objection.get_state_display(),
        "answer": objection.answer,
    }
    tell(
        {objection.made_by_id},
        objection,
        kind="honor_objection_answered",
        title=_("您的异议已处理：%(state)s") % words,
        body=_("您对“%(honor)s”的异议：%(state)s。处理意见：%(answer)s") % words,
        path=reverse("campaigns:honor_notices"),
    )


def honor_awarded(honor: Honor) -> None:
    """Tell the applicants the number, and when the first yearly check is due."""
    words = _words(honor, number=honor.number, due=day_text(honor.check_due_on))
    tell(
        officials_of_honor(honor),
        honor,
        kind="honor_awarded",
        title=_("荣誉已命名：%(honor)s") % words,
        body=_("“%(honor)s”已命名（%(number)s），年度复核在%(due)s前进行。") % words,
    )


def award_checked(honor: Honor) -> None:
    """Tell the applicants that it holds for another year."""
    words = _words(honor, due=day_text(honor.check_due_on))
    tell(
        officials_of_honor(honor),
        honor,
        kind="honor_passed",
        slot=str(honor.check_due_on),
        title=_("年度复核合格：%(honor)s") % words,
        body=_("“%(honor)s”年度复核合格，下次复核在%(due)s前进行。") % words,
    )


def honor_ended(honor: Honor, *, reason: str) -> None:
    """Tell the applicants, and the office when the clock did it, that it is over."""
    words = _words(honor, reason=reason)
    tell(
        officials_of_honor(honor) | people_of_the_office(),
        honor,
        kind=f"honor_{honor.state}",
        title=_("荣誉%(state)s：%(honor)s") % words,
        body=_("“%(honor)s”%(state)s。理由：%(reason)s") % words,
    )


def check_is_near(honor: Honor, *, due_on: date) -> None:
    """Recall the yearly check to the applicants and the office, once for each."""
    values = {"honor": str(honor), "due": day_text(due_on)}
    title, body = fill(words_of("honor_check_due"), values)
    tell(
        officials_of_honor(honor) | people_of_the_office(),
        honor,
        kind="honor_check_due",
        slot=str(due_on),
        title=title,
        body=body,
        expires_at=day_starts_at(due_on + timedelta(days=1)),
    )


def _words(honor: Honor, **more: str) -> dict[str, str]:
    return {"honor": str(honor), "state": honor.get_state_display(), **more}
