"""The ledger as a document to print, with photos and captions.

Memory stays bounded: activities are read in parts, and a photo is opened only while
it is written into the package.
"""

from collections.abc import Callable
from itertools import groupby
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

from core.dates import day_text
from reports.exports.ledger_photos import StoredPhoto, size_in_box
from reports.exports.ledger_styles import new_document
from reports.exports.ledger_words import (
    fact_table,
    fragment,
    page_break,
    paragraph,
    photo,
    photo_table,
    table,
)
from reports.ledger import Ledger, LedgerPart
from reports.ledger_rows import Entry, entries_of
from reports.periods import month_of, month_text

WIDTH = 16.0  # centimetres between the margins


def write_ledger(
    ledgers: list[Ledger], path: Path, progress: Callable[[int], None]
) -> None:
    """Write the document; a second ledger is the addendum to the first.

    `progress` is called with the number of activities and photos done so far.
    """
    LedgerDocument(ledgers, progress).write(path)


class LedgerDocument:
    """Builds one document from its first page to its last."""

    def __init__(self, ledgers: list[Ledger], progress: Callable[[int], None]) -> None:
        self._ledgers = ledgers
        self._progress = progress
        self._steps = 0
        self._photos = 0
        self._made_at = timezone.localtime()
        title = _("%(name)s台账") % {"name": ledgers[0].name}
        self._document = new_document(title, self._made_at)
        self._end = self._document.element.body.sectPr

    def write(self, path: Path) -> None:
        """Put everything together, then save it photo by photo."""
        self._append(self._cover(), page_break())
        for ledger in self._ledgers:
            if ledger.in_addendum:
                self._append(page_break())
            self._append(self._summary(ledger))
            for part in ledger.parts:
                self._write_part(ledger, part)
        self._document.save(str(path))

    def _append(self, *pieces: str) -> None:
        for element in list(parse_xml(fragment(*pieces))):
            self._end.addprevious(element)

    def _step(self) -> None:
        self._steps += 1
        self._progress(self._steps)

    def _cover(self) -> str:
        ledger = self._ledgers[0]
        lines = [
            ledger.campaign.title,
            _period(ledger),
            _("生成日期：%(day)s") % {"day": day_text(self._made_at)},
            _("由平台记录自动生成"),
        ]
        blank = paragraph("", "LedgerCover") * 6
        return blank + "".join(
            [
                paragraph(ledger.name, "LedgerCover"),
                paragraph(_("创建工作台账"), "Title"),
                *(paragraph(line, "LedgerCover") for line in lines),
            ]
        )

    def _summary(self, ledger: Ledger) -> str:
        title = _("补充台账") if ledger.in_addendum else _("汇总")
        head = [_("月份"), *(part.title for part in ledger.parts), _("合计")]
        rows = [[month_text(month), *_counts(ledger, month)] for month in ledger.months]
        totals = [str(part.total) for part in ledger.parts]
        widths = [2.6, *[2.3] * len(ledger.parts), WIDTH - 2.6 - 2.3 * 5]
        foot = [_("合计"), *totals, str(ledger.total)]
        return "".join(
            [
                paragraph(title, "Heading1"),
                *(paragraph(note) for note in _notes(ledger)),
                table([head, *rows, foot], widths, has_head=True),
            ]
        )

    def _write_part(self, ledger: Ledger, part: LedgerPart) -> None:
        if ledger.in_addendum and not part.total:
            return
        title = _("%(title)s（共%(total)d项）")
        words = {"title": part.title, "total": part.total}
        level = 2 if ledger.in_addendum else 1
        if level == 1:
            self._append(page_break())
        self._append(paragraph(title % words, f"Heading{level}"))
        months = groupby(entries_of(ledger.activities(part.pillar)), key=_month)
        reached = 0
        for month, entries in months:
            place = ledger.months.index(month)
            self._append_empty(ledger, ledger.months[reached:place])
            self._append(paragraph(month_text(month), "Heading2"))
            for initiative, held in groupby(entries, key=lambda row: row.initiative):
                self._append(paragraph(initiative, "Heading3"))
                for entry in held:
                    self._write_entry(entry)
            reached = place + 1
        self._append_empty(ledger, ledger.months[reached:])

    def _append_empty(self, ledger: Ledger, months: list) -> None:
        if ledger.in_addendum:
            return
        for month in months:
            title = paragraph(month_text(month), "Heading2")
            self._append(title, paragraph(_("无")))

    def _write_entry(self, entry: Entry) -> None:
        activity = entry.activity
        people = activity.participant_count
        facts = [
            (_("时间"), entry.moment),
            (_("地点"), entry.place),
            (_("党组织"), "、".join([entry.organization, *entry.partners])),
            (_("参加人数"), _("未填") if people is None else str(people)),
            *entry.facts,
            (_("活动内容"), activity.text or _("无")),
        ]
        pieces = [
            paragraph(activity.title, "LedgerActivity", keeps_next=True),
            fact_table(facts, (2.4, WIDTH - 2.4)),
        ]
        if entry.photos:
            pairs = [(self._photo(row), _caption(row)) for row in entry.photos]
            pieces.append(photo_table(pairs, WIDTH))
        self._append(*pieces)
        self._step()

    def _photo(self, evidence) -> str:
        """Add the photo's part to the document and return the drawing."""
        self._photos += 1
        relation = f"rIdPhoto{self._photos}"
        part = StoredPhoto(self._photos, evidence.file.path, self._step)
        self._document.part.rels.add_relationship(
            RELATIONSHIP_TYPE.IMAGE, part, relation
        )
        size = size_in_box(evidence.file)
        return photo(relation, self._photos, size, evidence.caption)


def _month(entry: Entry):
    return month_of(timezone.localdate(entry.activity.starts_at))


def _period(ledger: Ledger) -> str:
    first, last = month_text(ledger.months[0]), month_text(ledger.months[-1])
    return first if first == last else f"{first}—{last}"


def _counts(ledger: Ledger, month) -> list[str]:
    counts = [part.counts.get(month, 0) for part in ledger.parts]
    return [*(str(count or _("无")) for count in counts), str(sum(counts) or _("无"))]


def _notes(ledger: Ledger) -> list[str]:
    """What the figures mean, and what they leave out."""
    notes = [_("含下级党组织，联办活动计一次；参加%d人次。") % ledger.participants]
    if ledger.in_addendum:
        notes.insert(0, _("行动冻结后通过的活动，不计入冻结数据。"))
    if ledger.waiting:
        notes.append(_("另有%d项活动待审核，未列入。") % ledger.waiting)
    if ledger.outside:
        notes.append(_("另有%d项活动不在这一期间，未列入。") % ledger.outside)
    return notes


def _caption(evidence) -> str:
    return "\n".join(filter(None, [evidence.caption, evidence.explanation]))
