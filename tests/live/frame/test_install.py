"""The portal on a home screen: installable, and kind when there is no network."""

from tests.live.browser import PHONE

READY = "navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller)"
KEPT = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      kept.push([new URL(request.url).pathname, await response.text()]);
    }
  }
  return kept;
}"""
NARROW = "one => getComputedStyle(one).maxInlineSize"
NETWORK_ERROR = "net::ERR_INTERNET_DISCONNECTED"


def with_worker(someone, path="/"):
    """The page, once the service worker watches over it."""
    someone.page.goto(path)
    someone.page.wait_for_function(f"async () => Boolean(await {READY})")


def tidy_complaints(someone):
    """What the console says of the network that this test took away is no fault."""
    someone.complaints[:] = [
        line for line in someone.complaints if NETWORK_ERROR not in line
    ]


def test_browser_finds_nothing_that_keeps_the_portal_from_being_installed(person):
    visitor = person(size=PHONE)
    with_worker(visitor)

    session = visitor.context.new_cdp_session(visitor.page)
    manifest = session.send("Page.getAppManifest")
    errors = session.send("Page.getInstallabilityErrors")

    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []
    # Windows of tests leave no trace, as private ones, and cannot install anything.
    found = {error["errorId"] for error in errors["installabilityErrors"]}
    assert found - {"in-incognito"} == set()


def test_page_without_a_network_is_the_offline_page_until_it_is_back(person):
    visitor = person(size=PHONE)
    with_worker(visitor)
    page = visitor.page

    visitor.context.set_offline(True)
    page.goto("/shifts/")
    page.get_by_role("heading", name="现在没有网络").wait_for()
    assert page.url.endswith("/shifts/")
    assert page.locator("main").evaluate(NARROW) != "none"
    page.get_by_role("link", name="再试一次").click()
    page.get_by_role("heading", name="现在没有网络").wait_for()

    visitor.context.set_offline(False)
    page.get_by_role("link", name="再试一次").click()
    page.get_by_role("heading", name="志愿班次").wait_for()
    tidy_complaints(visitor)


def test_offline_page_keeps_large_letters(person):
    visitor = person(size=PHONE)
    with_worker(visitor)
    visitor.page.get_by_role("button", name="大字").click()

    visitor.context.set_offline(True)
    visitor.page.goto("/shifts/")

    visitor.page.locator("html[data-letters=large]").wait_for()
    tidy_complaints(visitor)


def test_browser_keeps_nothing_of_the_person_who_was_signed_in(person):
    official = person("office", PHONE)
    with_worker(official, "/desk/")
    for path in ("/me/", "/reports/", "/desk/reviews/"):
        official.page.goto(path)

    kept = dict(official.page.evaluate(KEPT))

    assert {path.rpartition(".")[2] for path in kept} == {"/offline/", "css", "svg"}
    assert len(kept) == 4
    name = official.page.locator(".menu__name").text_content()
    assert [path for path, text in kept.items() if name in text] == []
