"""The ledger as a workbook: a table of months, the activities, the addendum."""

from collections.abc import Iterator

from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from core.sheets_write import Column, Sheet, workbook_response
from reports.exports.ledger_job import LedgerRequest
from reports.ledger import Ledger
from reports.ledger_rows import entries_of
from reports.periods import month_of, month_text

MAX_ROWS = 20_000  # a page's answer; the figures of more are in the reports


def ledger_response(asked: LedgerRequest, ledgers: list[Ledger]) -> FileResponse:
    """Answer with the workbook; activities are read in parts."""
    main = ledgers[0]
    sheets = [
        Sheet(_("总表"), _month_columns(main), _months(main)),
        Sheet(_("明细"), _columns(), _rows(main)),
        *(Sheet(_("补充台账"), _columns(), _rows(late)) for late in ledgers[1:]),
    ]
    name = f"{asked.title}_{timezone.localdate():%Y-%m-%d}.xlsx"
    return workbook_response(name, sheets, about=_about(asked, main))


def _month_columns(ledger: Ledger) -> list[Column]:
    titles = [part.title for part in ledger.parts]
    numbers = [Column(title, "int", 18) for title in [*titles, _("合计")]]
    return [Column(_("月份"), width=12), *numbers]


def _months(ledger: Ledger) -> Iterator[list]:
    for month in ledger.months:
        counts = [part.counts.get(month, 0) for part in ledger.parts]
        shown = [count or _("无") for count in [*counts, sum(counts)]]
        yield [month_text(month), *shown]
    totals = [part.total for part in ledger.parts]
    yield [_("合计"), *totals, ledger.total]


def _columns() -> list[Column]:
    return [
        Column(_("板块"), width=22),
        Column(_("月份"), width=12),
        Column(_("举措"), width=22),
        Column(_("活动名称"), width=32),
        Column(_("党组织"), width=28),
        Column(_("联办党组织"), width=28),
        Column(_("开始时间"), "datetime", 17),
        Column(_("结束时间"), "datetime", 17),
        Column(_("地点"), width=28),
        Column(_("参加人数"), "int", 10),
        Column(_("照片数"), "int", 8),
        Column(_("活动内容"), width=48),
        Column(_("其他"), width=40),
    ]


def _rows(ledger: Ledger) -> Iterator[list]:
    for entry in entries_of(ledger.activities()):
        row = entry.activity
        yield [
            row.pillar_then.title,
            month_text(month_of(timezone.localdate(row.starts_at))),
            entry.initiative,
            row.title,
            entry.organization,
            "、".join(entry.partners),
            row.starts_at,
            row.ends_at,
            entry.place,
            row.participant_count,
            len(entry.photos),
            row.text,
            "；".join(f"{label}：{text}" for label, text in entry.facts),
        ]


def _about(asked: LedgerRequest, ledger: Ledger) -> list[tuple[str, str]]:
    about = [
        (_("台账"), asked.title),
        (_("行动"), asked.campaign.title),
        (_("统计口径"), _("已通过的活动，含下级党组织，联办活动计一次。")),
        (_("生成时间"), f"{timezone.localtime():%Y-%m-%d %H:%M}"),
        (_("待审核"), _("%d项，未列入") % ledger.waiting),
        (_("个人信息"), _("不含参加者姓名和联系方式。")),
    ]
    if asked.campaign.is_frozen:
        about.append((_("补充台账"), _("行动冻结后通过的活动，不计入冻结数据。")))
    return about
