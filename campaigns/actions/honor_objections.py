"""The public notice of an honour: begun, objected to, objections answered."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from campaigns.actions.honors import (
    HonorRefused,
    each_by_itself,
    lock_honor,
    reason_for_log,
)
from campaigns.models import Honor, HonorObjection
from campaigns.notices import honors as notices
from campaigns.queries.honor_rules import (
    is_own_application,
    notice_days,
    refusal_to_notice,
    takes_objections,
)
from core import audit
from core.personal_data import personal_data_in
from core.transactions import retried_atomic


@retried_atomic
def start_notice(*, honor: Honor, by: User, today: date) -> Honor:
    """Show a checked application to everyone for HONOR_NOTICE_DAYS working days.

    The days are counted from the next working day. Raises HonorRefused when it was
    not checked or a family's consent is missing, and CalendarMissing. Source: PRODUCT
    section 3.
    """
    honor = lock_honor(honor)
    if refusal := refusal_to_notice(honor):
        raise HonorRefused(refusal)
    first, last = notice_days(today)
    honor.move_to(
        Honor.State.NOTICE, by=by, notice_starts_on=first, notice_ends_on=last
    )
    notices.notice_started(honor)
    return honor


def start_notices(
    *, honors: Iterable[Honor], by: User, today: date
) -> list[tuple[Honor, str]]:
    """Begin the notice of several, each in a transaction of its own.

    Pairs of honour and refusal, "" for those begun.
    """
    return each_by_itself(start_notice, honors, by=by, today=today)


@retried_atomic
def object_to_honor(
    *, honor: Honor, text: str, by: User, today: date
) -> HonorObjection:
    """Keep what someone holds against an award while it is under notice.

    Raises HonorRefused outside those days, for a person whose objection is open, and
    for an empty text or one with personal numbers. The audit log does not name the
    person: only those who check honours know who objected.
    """
    honor = lock_honor(honor)
    text = text.strip()
    if not takes_objections(honor, today=today):
        raise HonorRefused(_("现在不在公示期内，不能提出异议。"))
    if not text:
        raise HonorRefused(_("请写明异议的内容和依据。"))
    if personal_data_in(text):
        raise HonorRefused(_("请勿填写身份证号和手机号码，删去后再提交。"))
    objection = HonorObjection(honor=honor, text=text, made_by=by)
    try:
        with transaction.atomic():
            objection.save()
    except IntegrityError as error:
        raise HonorRefused(_("您的异议正在处理，处理后才能再提。")) from error
    audit.record("campaigns.honor_objection_created", target=objection, by=None)
    notices.objection_made(objection)
    return objection


@retried_atomic
def answer_objection(
    *, objection: HonorObjection, decision: str, answer: str, by: User
) -> HonorObjection:
    """Uphold an objection, which ends the honour's way, or dismiss it.

    Who objected is told the answer. Raises HonorRefused for who applied and for who
    objected, without an answer, and when it was answered already.
    """
    honor = lock_honor(objection.honor)
    objection = HonorObjection.objects.select_for_update().get(pk=objection.pk)
    objection.honor = honor
    answer = answer.strip()
    if objection.state != HonorObjection.State.OPEN:
        raise HonorRefused(_("这条异议已经处理，请刷新页面。"))
    if is_own_application(by, honor) or objection.made_by_id == by.pk:
        raise HonorRefused(_("不能处理自己申报的荣誉的异议，也不能处理自己的异议。"))
    if decision not in {HonorObjection.State.UPHELD, HonorObjection.State.DISMISSED}:
        raise HonorRefused(_("请选择处理结果。"))
    if not answer:
        raise HonorRefused(_("请写明处理意见。"))
    objection.move_to(decision, by=by, answer=answer)
    is_upheld = decision == HonorObjection.State.UPHELD
    if is_upheld and honor.state == Honor.State.NOTICE:
        reason = _("公示异议成立：%(answer)s") % {"answer": answer}
        honor.move_to(Honor.State.REJECTED, by=by, reason=reason_for_log(honor, reason))
        notices.honor_checked(honor, reason=reason)
    notices.objection_answered(objection)
    return objection
