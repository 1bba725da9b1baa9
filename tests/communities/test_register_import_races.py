"""Two people confirm uploads of a register in the same moment."""

from datetime import date
from functools import partial

import pytest

from communities.actions.register_imports import (
    RegisterPlanChanged,
    confirm_register_import,
    upload_register,
)
from communities.imports.divisions import DivisionLines, SubdistrictLine
from communities.imports.organizations import OrganizationLine
from communities.imports.register_differences import differences, fingerprint
from communities.models import Organization, RegisterImport, Subdistrict
from core.errors import RuleError
from tests.factories.communities import (
    MembershipFactory,
    OrganizationFactory,
    SubdistrictFactory,
    WorkingCommitteeFactory,
)
from tests.threads import before_commit_of

pytestmark = pytest.mark.django_db(transaction=True)
Kind = RegisterImport.Kind


def looked_at(kind, lines):
    """An upload of someone in the committee, ready to be confirmed as seen."""
    by = MembershipFactory(role="committee").user
    uploaded = upload_register(
        kind=kind,
        lines=lines,
        problems=[],
        file_name="示例名册.csv",
        effective_on=date(2026, 1, 1),
        by=by,
    )
    seen = fingerprint(differences(kind, lines), uploaded.effective_on)
    return partial(confirm_register_import, register_import=uploaded, seen=seen, by=by)


def roster(**values):
    line = {"number": 2, "name": "示例甲支部", "kind": "branch"}
    line |= {"parent_name": "示例工委", "unit_name": "示例单位", "member_count": None}
    line |= {"contact_name": "", "contact_phone": ""}
    return [OrganizationLine(**line | values)]


def answer(call):
    try:
        return call()
    except RuleError as error:
        return type(error)


def test_one_upload_confirmed_twice_is_written_once():
    root = WorkingCommitteeFactory(name="示例工委")
    confirm = looked_at(Kind.ORGANIZATIONS, roster())

    with before_commit_of(confirm) as start:
        other = start(partial(answer, confirm))

    assert other.result(timeout=20) is None
    assert root.children.count() == 1


def test_second_roster_is_not_written_over_what_it_did_not_show():
    root = WorkingCommitteeFactory(name="示例工委")
    OrganizationFactory(name="示例甲支部", parent=root, unit_name="旧单位")
    first, second = (
        looked_at(Kind.ORGANIZATIONS, roster(unit_name=name))
        for name in ("新单位", "别的单位")
    )

    with before_commit_of(first) as start:
        other = start(partial(answer, second))

    assert other.result(timeout=20) is RegisterPlanChanged
    assert Organization.objects.get(name="示例甲支部").unit_name == "新单位"


def test_second_code_list_is_not_written_over_what_it_did_not_show():
    SubdistrictFactory(code="350602001000", name="旧街道")
    first, second = (
        looked_at(
            Kind.DIVISIONS,
            DivisionLines([SubdistrictLine(2, "350602001000", name)], []),
        )
        for name in ("新街道", "别的街道")
    )

    with before_commit_of(first) as start:
        other = start(partial(answer, second))

    assert other.result(timeout=20) is RegisterPlanChanged
    assert Subdistrict.objects.get().name == "新街道"
