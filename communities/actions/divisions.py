"""Writes the list of streets and communities."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from communities.actions.history import keep_version
from communities.imports.divisions import CommunityLine, DivisionLines
from communities.imports.results import ImportCounts, ImportRefused, RowProblem
from communities.models import Community, CommunityVersion, Subdistrict
from core import audit
from core.errors import RuleError


class DivisionRefused(RuleError):
    """The street or community cannot be kept like this."""


@dataclass(frozen=True)
class _Context:
    by: User | None
    effective_on: date | None


def import_divisions(
    *, lines: DivisionLines, by: User | None, effective_on: date | None = None
) -> ImportCounts:
    """Bring streets and communities to what the code list says, all or nothing.

    Rows are known by their code; what the list no longer holds is kept, and what was
    merged into another stays as it ended. What a community is called or belongs to
    is corrected for all days; with `effective_on` the old holds until the day
    before. Returns the counts; raises ImportRefused with the rows at fault.
    Source: issue 2, register from real files; issue 3, dated history.
    """
    if effective_on is not None and effective_on > timezone.localdate():
        raise DivisionRefused(_("生效日期不能晚于今天：请等到当天再导入。"))
    try:
        with (
            transaction.atomic(),
            audit.batch(
                "communities.subdistrict_imported",
                target=Subdistrict,
                by=by,
                when_filled=True,
                lines=len(lines.subdistricts) + len(lines.communities),
            ),
        ):
            return _import(lines, _Context(by, effective_on))
    except IntegrityError as error:
        raise RuleError(_("有人同时在导入区划代码，请稍后再试。")) from error


def _import(lines: DivisionLines, context: _Context) -> ImportCounts:
    streets, communities = _locked(Subdistrict), _locked(Community)
    known = streets.keys() | {line.code for line in lines.subdistricts}
    problems = [
        *lines.problems,
        *_unknown_streets(lines.communities, known),
        *_former_codes(lines.communities, communities),
    ]
    if problems:
        raise ImportRefused(problems)
    outcomes = []
    for line in lines.subdistricts:
        street = streets.setdefault(line.code, Subdistrict(code=line.code))
        outcomes.append(_write(street, {"name": line.name}, context))
    for line in lines.communities:
        community = communities.get(line.code) or Community(code=line.code)
        values = {
            "name": line.name,
            "official_name": line.official_name,
            "kind": line.kind,
            "subdistrict_id": streets[line.subdistrict_code].pk,
        }
        outcomes.append(_write(community, values, context))
    return ImportCounts(**{name: outcomes.count(name) for name in set(outcomes)})


def _locked(model: type[models.Model]) -> dict[str, models.Model]:
    rows = model.objects.select_for_update().order_by("pk")
    return {row.code: row for row in rows}


def _unknown_streets(
    lines: Iterable[CommunityLine], known: set[str]
) -> Iterator[RowProblem]:
    for line in lines:
        if line.subdistrict_code not in known:
            text = _("上级街道（镇）代码 %(code)s 不存在。")
            yield RowProblem(line.number, text % {"code": line.subdistrict_code})


def _former_codes(
    lines: Iterable[CommunityLine], known: dict[str, Community]
) -> Iterator[RowProblem]:
    """Codes that a community bore once: such a line would make it a second time."""
    former = CommunityVersion.objects.exclude(code=models.F("community__code"))
    now = dict(former.values_list("code", "community__code"))
    for line in lines:
        if line.code in now and line.code not in known:
            text = _("区划代码已停用，该社区（村）现在的代码是 %(code)s。")
            yield RowProblem(line.number, text % {"code": now[line.code]})


def _write(row: models.Model, values: dict[str, object], context: _Context) -> str:
    """Save a row when it differs; return "created", "changed" or "unchanged"."""
    changes = {
        name: value for name, value in values.items() if getattr(row, name) != value
    }
    is_over = isinstance(row, Community) and row.ends_on is not None
    if row.pk is not None and (is_over or not changes):
        return "unchanged"
    outcome = "changed" if row.pk is not None else "created"
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    if isinstance(row, Community):
        keep_version(row, on=context.effective_on)
    verb = f"communities.{audit.noun_of(row)}_{outcome}"
    audit.record(verb, target=row, by=context.by, code=row.code, **changes)
    return outcome


@transaction.atomic
def save_community(
    *, community: Community, fields: list[str] | None = None, by: User | None
) -> Community:
    """Create a community, or correct the named fields for all the days they hold.

    Something that changed on a day is no correction: it is planned as a change.
    Raises DivisionRefused when the code was another one's before.
    """
    is_new = community.pk is None
    said = None
    if is_new:
        check_code_is_free(community.code)
    else:
        held = Community.objects.select_for_update().get(pk=community.pk)
        said = audit.edits(held, {n: getattr(community, n) for n in fields or []})
        for name in fields or []:
            setattr(held, name, getattr(community, name))
        community = held
    community.save(update_fields=None if is_new else fields)
    keep_version(community)
    verb = "community_created" if is_new else "community_changed"
    audit.record(
        f"communities.{verb}", target=community, by=by, fields=fields, changes=said
    )
    return community


def check_code_is_free(code: str, *, of: Community | None = None) -> None:
    """Raise DivisionRefused when the code is or was the code of another community."""
    others = Community.objects.filter(
        models.Q(code=code) | models.Q(versions__code=code)
    ).exclude(pk=of and of.pk)
    if other := others.first():
        raise DivisionRefused(
            _("区划代码 %(code)s 已由%(name)s使用，请核对。")
            % {"code": code, "name": other.name}
        )
