"""The page of one shift: what one needs to know, and its preview where it is shared."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.campaigns import ActivityFactory
from tests.factories.volunteers import ShiftFactory

pytestmark = pytest.mark.django_db


def page_of(client, shift):
    return client.get(shift.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "said",
    ["水杯、帽子", "年满18周岁", "示例意外险", "听从现场安排", "最少人数"],
)
def test_page_says_what_one_needs_to_know(said, client):
    activity = ActivityFactory(
        state="published",
        risk="medium",
        insurance="示例意外险",
        safety_briefing="听从现场安排",
    )
    shift = ShiftFactory(activity=activity, bring="水杯、帽子", minimum=1)

    assert said in page_of(client, shift)


def test_contact_is_shown_to_people_with_an_account_alone(client, signed_in):
    shift = ShiftFactory(
        activity=ActivityFactory(
            state="published", contact_name="示例联系人", contact_phone="0596-1234567"
        )
    )

    seen, hidden = page_of(signed_in(UserFactory()), shift), page_of(client, shift)

    assert ("示例联系人" in seen, 'href="tel:0596-1234567"' in seen) == (True, True)
    assert ("示例联系人" in hidden, "0596-1234567" in hidden) == (False, False)


def test_preview_names_the_shift_by_the_portals_own_address(client, settings):
    settings.SITE_URL = "https://portal.example.cn"
    shift = ShiftFactory(
        activity=ActivityFactory(state="published", title='古街"引导"')
    )

    page = client.get(
        shift.get_absolute_url(), headers={"Host": "testserver"}
    ).content.decode()

    url = f"https://portal.example.cn/shifts/{shift.pk}/"
    assert f'<meta property="og:url" content="{url}">' in page
    assert (
        '<meta property="og:title" content="古街&quot;引导&quot; · 示例岗位">' in page
    )
    assert 'content="https://portal.example.cn/static/img/share' in page
    assert f'readonly value="{url}"' in page
