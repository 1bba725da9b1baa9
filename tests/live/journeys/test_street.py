"""A street's official: passes whistles on and sees who looks after its places."""

from playwright.sync_api import expect

from tests.live.journeys.screens import whistles


def test_street_dispatches_while_an_open_board_follows(person, backstage):
    place = backstage.neighbourhood()
    whistle = backstage.whistle(place)
    street, watcher = person(place.street_official), person(place.street_official)

    whistles.watch(watcher, whistle.title)
    whistles.dispatch(street, whistle.path, place.branch.name)

    whistles.see_it_arrive(watcher, whistle.title)
    watcher.shot("board-that-followed")


def test_street_dispatches_again_what_a_unit_gave_back(person, backstage):
    place = backstage.neighbourhood()
    whistle = backstage.whistle(place, dispatched=True)
    street, unit = person(place.street_official), person(place.unit_official)

    whistles.give_back(unit, whistle.title)
    street.page.goto("/desk/")
    street.page.get_by_role("link", name=whistle.title).first.wait_for()

    whistles.dispatch(street, whistle.path, place.branch.name)


def test_street_sees_who_looks_after_its_communities(person, backstage):
    place, elsewhere = backstage.neighbourhood(), backstage.neighbourhood()
    street = person(place.street_official)

    street.page.goto("/desk/pairings/")

    main = street.page.get_by_role("main")
    main.get_by_text(place.branch.unit).first.wait_for()
    main.get_by_text(place.community.name).first.wait_for()
    expect(main.get_by_text(elsewhere.branch.unit)).to_have_count(0)
