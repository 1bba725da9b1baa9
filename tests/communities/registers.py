"""A small register with the names that are easy to mistake, and the real files."""

from pathlib import Path

from communities.actions import import_divisions, import_organizations
from communities.imports.divisions import read_divisions
from communities.imports.organizations import read_organizations
from tests.factories.communities import (
    LONG_AGO,
    CommunityFactory,
    OrganizationFactory,
    SubdistrictFactory,
    WorkingCommitteeFactory,
)

DATA = Path(__file__).parents[2] / "communities" / "data"
DIVISIONS = DATA / "xiangcheng_divisions.csv"
ORGANIZATIONS = DATA / "party_organizations_sample.xlsx"
PAIRINGS = DATA / "pairing_notice_sample.xlsx"

STREETS = {
    "通北街道": ["湖内社区", "和平里社区"],
    "西桥街道": ["南山社区"],
    "石亭街道": ["南山村"],
    "浦南镇": ["浦南社区", "浦南村", "松州村"],
}


def small_register():
    """Four streets and two units: 区委办公室 with two levels, 区总工会 with one."""
    for street_name, names in STREETS.items():
        street = SubdistrictFactory(name=street_name)
        for name in names:
            village = name.endswith("村")
            CommunityFactory(
                name=name,
                official_name=f"{name}委会" if village else f"{name}居委会",
                kind="village" if village else "residents",
                subdistrict=street,
            )
    root = WorkingCommitteeFactory(name="区直机关工委", unit_name="区直机关工委")
    office = OrganizationFactory(
        name="区委办公室机关党委", kind="committee", unit_name="区委办公室", parent=root
    )
    OrganizationFactory(
        name="区委办公室第一党支部", unit_name="区委办公室", parent=office
    )
    OrganizationFactory(name="区总工会党支部", unit_name="区总工会", parent=root)


def real_register():
    """The real list of communities and the sample roster."""
    with DIVISIONS.open("rb") as file:
        import_divisions(lines=read_divisions(file, filename=DIVISIONS.name), by=None)
    with ORGANIZATIONS.open("rb") as file:
        lines, problems = read_organizations(file, filename=ORGANIZATIONS.name)
    import_organizations(lines=lines, problems=problems, starts_on=LONG_AGO, by=None)
