"""Writes the list of streets and communities."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from communities.imports.divisions import DivisionLines
from communities.imports.results import ImportCounts, ImportRefused, RowProblem
from communities.models import Community, Subdistrict
from core import audit
from core.errors import RuleError


def import_divisions(*, lines: DivisionLines, by: User | None) -> ImportCounts:
    """Bring streets and communities to what the code list says, all or nothing.

    Rows are known by their code; what the list no longer holds is kept. Returns the
    counts; raises ImportRefused with the rows at fault.
    Source: issue 2, register from real files.
    """
    try:
        with transaction.atomic():
            return _import(lines, by)
    except IntegrityError as error:
        raise RuleError(_("有人同时在导入区划代码，请稍后再试。")) from error


def _import(lines: DivisionLines, by: User | None) -> ImportCounts:
    streets = _locked(Subdistrict)
    known = streets.keys() | {line.code for line in lines.subdistricts}
    problems = lines.problems + [
        RowProblem(
            line.number,
            _("上级街道（镇）代码 %(code)s 不存在。") % {"code": line.subdistrict_code},
        )
        for line in lines.communities
        if line.subdistrict_code not in known
    ]
    if problems:
        raise ImportRefused(problems)
    outcomes = []
    for line in lines.subdistricts:
        street = streets.setdefault(line.code, Subdistrict(code=line.code))
        outcomes.append(_write(street, {"name": line.name}, by))
    communities = _locked(Community)
    for line in lines.communities:
        community = communities.get(line.code) or Community(code=line.code)
        values = {
            "name": line.name,
            "official_name": line.official_name,
            "kind": line.kind,
            "subdistrict_id": streets[line.subdistrict_code].pk,
        }
        outcomes.append(_write(community, values, by))
    return ImportCounts(**{name: outcomes.count(name) for name in set(outcomes)})


def _locked(model: type[models.Model]) -> dict[str, models.Model]:
    rows = model.objects.select_for_update().order_by("pk")
    return {row.code: row for row in rows}


def _write(row: models.Model, values: dict[str, object], by: User | None) -> str:
    """Save a row when it differs; return "created", "changed" or "unchanged"."""
    changes = {
        name: value for name, value in values.items() if getattr(row, name) != value
    }
    if row.pk is not None and not changes:
        return "unchanged"
    outcome = "changed" if row.pk is not None else "created"
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    verb = f"communities.{row._meta.model_name}_{outcome}"
    audit.record(verb, target=row, by=by, code=row.code, **changes)
    return outcome
