"""An official enters an activity and its first shift, up to the shift's last button."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

BEIJING = ZoneInfo("Asia/Shanghai")
LENGTH = 2  # hours


def fill_a_shift(
    page: Page, *, activity: str, shift: str, place: str, hours: float, places: int
) -> None:
    """Two hours of service in so many `hours`; the shift is not saved yet."""
    page.goto("/desk/activities/new/")
    page.get_by_label("板块和举措").select_option(label="志愿服务活动")
    page.get_by_label("活动名称").fill(activity)
    page.get_by_label("开始时间").fill(_moment(hours))
    page.get_by_label("结束时间").fill(_moment(hours + LENGTH))
    page.get_by_label("地点", exact=True).fill(place)
    page.get_by_label("所在社区（村）").select_option(label="龙江社区")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url(re.compile(r"/activities/\d+/$"))
    page.get_by_role("link", name="添加班次").click()
    page.get_by_label("班次名称").fill(shift)
    page.get_by_label("名额", exact=True).fill(str(places))


def _moment(hours: float) -> str:
    moment = datetime.now(BEIJING) + timedelta(hours=hours)
    return f"{moment:%Y-%m-%dT%H:%M}"
