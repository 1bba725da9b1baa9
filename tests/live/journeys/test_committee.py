"""The organs working committee: notices of pairings, and units that are merged."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.live.journeys.screens import notices, organizations

THEN = notices.TODAY - timedelta(days=90)


def test_committee_imports_a_messy_supplement(person, backstage, tmp_path):
    place = backstage.neighbourhood()
    added = backstage.another_community(street=place.street.pk)
    committee = person(backstage.demo("committee"))
    page, unit = committee.page, place.branch.unit

    file = notices.messy_supplement(tmp_path, unit, added.name)
    notices.upload(committee, file, "补充新增", f"示例〔2026〕{added.pk}号")
    committee.shot("supplement")
    page.get_by_role("button", name="确认，新增 1 对").click()
    page.get_by_text("已新增 1 对结对").wait_for()

    page.goto(f"/desk/pairings/?text={unit}")
    organizations.expect_texts(committee, added.name, place.community.name)


def test_committee_sees_which_units_have_not_reported_in(person, backstage):
    place = backstage.neighbourhood()
    committee = person(backstage.demo("committee"))

    committee.page.goto(f"/desk/report-ins/missing/?text={place.branch.unit}")

    main = committee.page.get_by_role("main")
    main.get_by_text(place.branch.unit).first.wait_for()
    main.get_by_text(place.community.name).first.wait_for()


@pytest.mark.parametrize("width", ["desktop"])
def test_committee_publishes_an_adjusted_notice(alone, tmp_path):
    """It ends what it does not name, so it is done once, in a portal of its own."""
    backstage, person = alone.backstage, alone.person
    added, dropped, unit = "湖内社区", "秋坑社区", "区委宣传部"
    committee = person(backstage.demo("committee"))
    page = committee.page

    file = notices.standing_notice(
        tmp_path, without=dropped, street="通北街道", instead=added
    )
    notices.upload(committee, file, "整体调整", "示例〔2026〕22号")
    page.get_by_text(dropped).first.wait_for()
    committee.shot("difference")
    if page.get_by_label("已逐一核对").count():
        page.get_by_label("已逐一核对").check()
    page.get_by_role("button", name="确认，新增 1 对、结束 1 对").click()

    page.goto(f"/desk/pairings/?text={unit}")
    organizations.expect_texts(committee, added)
    expect(page.locator("#results").get_by_text(dropped)).to_have_count(0)
    address = organizations.open_organization(committee, unit, f"{unit}党总支")
    organizations.look_back(committee, address, THEN)
    organizations.expect_texts(committee, dropped)


def test_committee_merges_a_unit_and_the_past_stays_as_it_was(person, backstage):
    """Members and pairings go with it; three months ago it was still itself."""
    place, heir = backstage.neighbourhood(), backstage.another_unit()
    backstage.approved(place, title="宣传进小区", initiative="宣传发动")
    committee = person(backstage.demo("committee"))
    page, name = committee.page, place.branch.name
    unit = organizations.open_organization(committee, place.branch.unit, name)

    page.get_by_role("link", name="变更", exact=True).click()
    page.get_by_role("link", name="合并", exact=True).click()
    page.get_by_label("并入哪个党组织").select_option(
        label=f"{heir.name}（{heir.unit}）"
    )
    page.get_by_label("依据文号").fill(f"示例〔2026〕{heir.pk}号")
    page.get_by_role("button", name="下一步").click()
    organizations.expect_texts(
        committee, place.community.name, place.unit_official.name
    )
    committee.shot("merge-preview")
    page.get_by_role("button", name="确认，立即生效").click()
    page.get_by_text("已生效").first.wait_for()

    _look_back(committee, place, heir, unit)


def _look_back(committee, place, heir, unit: str) -> None:
    main = committee.page.get_by_role("main")
    home = place.community.name
    then = organizations.open_organization(committee, heir.unit, heir.name)
    organizations.expect_texts(committee, home)
    organizations.look_back(committee, unit, THEN)
    organizations.expect_texts(committee, place.branch.name, home)
    organizations.look_back(committee, then, THEN)
    committee.page.get_by_role("heading", name="当时的活动").wait_for()
    expect(main.get_by_text(home, exact=True)).to_have_count(0)
    now = organizations.open_community(committee, home)
    organizations.expect_texts(committee, heir.unit)
    organizations.look_back(committee, now, THEN)
    organizations.expect_texts(committee, place.branch.unit)
    expect(main.get_by_text(heir.unit)).to_have_count(0)
