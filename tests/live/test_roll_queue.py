"""A leader marks people without a network: nothing is lost, nothing is doubled."""

import json
from contextlib import contextmanager

from tests.live.browser import PHONE, Person, chromium
from tests.live.servers import (
    THREADS,
    free_port,
    portal_environment,
    run_python,
    sqlite_database,
    web_server,
)

MARKS, SESSION = "**/mark/", "sessionid"
NUMBERS_AND_TIMES = {"key", "user", "shift", "signup", "deed", "heads", "at"}
KEPT = "JSON.parse(localStorage.getItem('roll-marks') || '[]')"


@contextmanager
def leader_at_the_door(folder):
    """The leader's page on a telephone, what it shows and a look at the rows."""
    port = free_port()
    with sqlite_database(folder) as url:
        environment = portal_environment(url, folder, port)

        def tell(command):
            arguments = ["-m", "tests.live.roll_data", command]
            return json.loads(run_python(arguments, environment))

        made = tell("make")
        address = f"http://127.0.0.1:{port}"
        with web_server(THREADS, environment, port), chromium() as browser:
            leader = Person(browser, address, "leader", PHONE, folder)
            leader.context.add_cookies(
                [{"name": "sessionid", "value": made["session"], "url": address}]
            )
            leader.page.goto(made["path"])
            yield leader, made, tell


def tap(page, signup, name):
    page.locator(f"#signup-{signup}").get_by_role("button", name=name).click()


def send_again(page):
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_marks_of_the_roll_wait_for_the_network_and_arrive_once(tmp_path):
    with leader_at_the_door(tmp_path) as (leader, made, tell):
        page, (first, second, third) = leader.page, made["signups"]
        leader.context.set_offline(True)
        tap(page, first, "签到")
        tap(page, first, "签退")
        tap(page, second, "签到")
        page.get_by_text("待发送 3 条").wait_for()
        kept = page.evaluate(KEPT)
        assert {name for mark in kept for name in mark} == NUMBERS_AND_TIMES
        assert "志愿者" not in json.dumps(kept, ensure_ascii=False)

        # The page is opened again while marks still do not get through.
        page.route(MARKS, lambda route: route.abort())
        leader.context.set_offline(False)
        page.reload()
        page.get_by_text("待发送 3 条").wait_for()

        # The first answer is lost on its way: the same mark is sent again.
        page.unroute(MARKS)
        page.route(MARKS, lose_one_answer())
        with page.expect_event("requestfailed"):
            send_again(page)
        send_again(page)
        page.locator(f"#signup-{second}[data-state=in]").wait_for()
        assert page.evaluate(KEPT) == []
        assert tell("count") == {
            "rows": [[first, "roll", "roll"], [second, "roll", ""]],
            "lines": 3,
        }

        # Signed out meanwhile: the mark is kept and the leader asked to sign in.
        session = [row for row in leader.context.cookies() if row["name"] == SESSION]
        leader.context.clear_cookies(name=SESSION)
        tap(page, second, "签退")
        page.get_by_role("link", name="重新登录").wait_for()
        assert [mark["deed"] for mark in page.evaluate(KEPT)] == ["out"]
        leader.context.add_cookies(session)
        page.goto(made["path"])
        page.locator(f"#signup-{second}[data-state=out]").wait_for()

        # Whoever signs out takes along what waits.
        page.unroute(MARKS)
        page.route(MARKS, lambda route: route.abort())
        tap(page, third, "签到")
        page.get_by_text("待发送 1 条").wait_for()
        page.locator("details.menu > summary").last.click()
        page.get_by_role("button", name="退出登录").click()
        page.wait_for_url(lambda url: made["path"] not in url)
        assert page.evaluate(KEPT) == []


def lose_one_answer():
    """A network that swallows the first answer after the portal has written."""
    lost = []

    def pass_on(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    return pass_on
