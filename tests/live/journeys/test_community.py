"""A community's official: blows a whistle until it is really done, and signs."""

from playwright.sync_api import expect

from tests.live.journeys.screens import whistles


def test_community_blows_and_has_it_done_again_before_it_rates(
    person, backstage, tmp_path
):
    """One whistle through all hands: community, street, unit, community."""
    place = backstage.neighbourhood()
    community = person(place.community_official)
    street, unit = person(place.street_official), person(place.unit_official)
    title, page = f"{place.word}路口积水", community.page

    whistles.fill_in(community, title, f"雨后积水，请联系 {whistles.RESIDENT}。")
    whistles.save_draft(community)
    page.get_by_text("文字中有手机号码").first.wait_for()
    community.shot("telephone-refused")
    assert "422" in community.complaints.pop()
    expect(page.get_by_label("事由")).to_have_value(title)
    page.get_by_label("情况说明").fill("雨后积水没过脚踝，老人绕行不便。")
    whistles.save_draft(community)
    path = whistles.blow(community, tmp_path)

    whistles.dispatch(street, path, place.branch.name)
    whistles.take_on(unit, path)
    whistles.ask_for_time(unit, path)
    whistles.grant_time(community, title)
    whistles.deliver(unit, path, "积水已抽干。")
    whistles.have_it_done_again(community, path)
    whistles.deliver(unit, path, "排水口也已疏通。")

    whistles.rate(community, path)


def test_community_sees_the_unit_that_looks_after_it(person, backstage):
    place = backstage.neighbourhood()
    community = person(place.community_official)
    page = community.page

    page.goto("/desk/")
    page.get_by_role("main").get_by_text(place.branch.unit).first.wait_for()
    page.goto(f"/communities/{place.community.pk}/")

    page.get_by_role("main").get_by_text(place.branch.name).first.wait_for()
