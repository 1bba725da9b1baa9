"""The page of a person's chat robot."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import ChatRobot
from core.models import AuditEntry
from tests.accounts.http_servers import http_server, says
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("accounts:chat_robot")
TEST = reverse("accounts:chat_robot_test")
REMOVE = reverse("accounts:chat_robot_remove")
KEY = "0c23f00d-4bc4-8341"
DINGTALK = f"https://oapi.dingtalk.com/robot/send?access_token={KEY}"
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
SECRET = "SEC-8341-nobody-reads-it"


def filled(**values):
    typed = {"provider": "dingtalk", "name": "示例群", "url": DINGTALK}
    return typed | {"secret": SECRET} | values


def robot(owner=None, **values):
    values = {"provider": "dingtalk", "url": DINGTALK, "secret": SECRET} | values
    return ChatRobot.objects.create(owner=owner or UserFactory(), name="甲群", **values)


def stored():
    return ChatRobot.objects.values_list("provider", "name", "url", "secret").get()


def errors_of(response):
    form = response.context["form"]
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


def words_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def client_of_owner(signed_in):
    """Signed in as the owner of a robot, with it."""
    own = robot()
    return signed_in(own.owner)


def test_robot_page_without_robot_asks_for_one(signed_in, stranger):
    content = signed_in(stranger).get(PAGE).content.decode()

    assert "Webhook 地址" in content
    assert "发送测试消息" not in content


@pytest.mark.parametrize(("method", "url"), [("get", PAGE), ("post", TEST)])
def test_robot_page_where_robots_are_off_is_not_there(
    signed_in, stranger, settings, method, url
):
    settings.CHAT_ROBOTS = False

    assert getattr(signed_in(stranger), method)(url).status_code == 404


@pytest.mark.parametrize("is_on", [True, False])
def test_message_choices_lead_to_the_robot_where_there_are_any(
    signed_in, stranger, settings, is_on
):
    settings.CHAT_ROBOTS = is_on

    content = signed_in(stranger).get(reverse("accounts:message_choices"))

    assert (f'href="{PAGE}"' in content.content.decode()) is is_on


def test_robot_saved_is_registered_and_recorded_without_keys(signed_in, stranger):
    response = signed_in(stranger).post(PAGE, filled(), follow=True)

    assert response.redirect_chain == [(PAGE, 302)]
    assert stored() == ("dingtalk", "示例群", DINGTALK, SECRET)
    line = AuditEntry.objects.get(verb="accounts.chat_robot_changed")
    assert (line.target_name, line.data) == ("钉钉", {})


def test_robot_page_never_shows_the_keys_again(client_of_owner):
    content = client_of_owner.get(PAGE).content.decode()
    refused = client_of_owner.post(PAGE, filled(url="", secret=SECRET, name=""))

    assert KEY[:-4] not in content
    assert SECRET not in content + refused.content.decode()
    assert f"••••{KEY[-4:]}" in content


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"url": ""}, "url", "请填写这一项"),
        ({"url": WECOM}, "url", "钉钉群机器人的地址"),
        ({"url": "http://127.0.0.1:9000/"}, "url", "钉钉群机器人的地址"),
        ({"provider": "slack"}, "provider", "slack"),
        ({"name": "王13800138000"}, "name", "手机号码"),
        ({"secret": "密钥"}, "secret", "字母"),
    ],
)
def test_robot_form_refused_says_what_to_mend(
    signed_in, stranger, values, field, words
):
    response = signed_in(stranger).post(PAGE, filled(**values))

    assert response.status_code == 422
    assert words in errors_of(response)[field][0]
    assert not ChatRobot.objects.exists()


def test_robot_form_left_empty_keeps_the_keys(client_of_owner):
    client_of_owner.post(PAGE, filled(name="乙群", url="", secret=""))

    assert stored() == ("dingtalk", "乙群", DINGTALK, SECRET)


def test_robot_at_new_address_forgets_the_old_secret(client_of_owner):
    client_of_owner.post(PAGE, filled(url=DINGTALK + "9", secret=""))

    assert stored() == ("dingtalk", "示例群", DINGTALK + "9", "")


def test_robot_signing_no_more_forgets_the_secret(client_of_owner):
    client_of_owner.post(PAGE, filled(url="", secret="", forget_secret="on"))

    assert stored() == ("dingtalk", "示例群", DINGTALK, "")


def test_robot_of_wecom_keeps_no_secret(signed_in, stranger):
    signed_in(stranger).post(PAGE, filled(provider="wecom", url=WECOM))

    assert stored() == ("wecom", "示例群", WECOM, "")


def test_robot_of_another_provider_needs_its_address(client_of_owner):
    response = client_of_owner.post(PAGE, filled(provider="wecom", url=""))

    assert "企业微信群机器人的地址" in errors_of(response)["url"][0]
    assert stored()[0] == "dingtalk"


def test_robot_of_somebody_else_is_refused_without_their_name(signed_in, stranger):
    own = robot()

    response = signed_in(stranger).post(PAGE, filled())

    assert response.status_code == 422
    assert "不能登记" in errors_of(response)["url"][0]
    assert own.owner.display_name not in response.content.decode()
    assert ChatRobot.objects.get() == own


def test_removed_robot_keeps_no_keys_and_frees_the_address(client_of_owner, signed_in):
    response = client_of_owner.post(REMOVE, follow=True)
    client_of_owner.post(REMOVE)

    assert stored() == ("dingtalk", "甲群", "", "")
    assert words_of(response) == ["群机器人已移除，消息不再发到群里。"]
    verbs = AuditEntry.objects.filter(verb="accounts.chat_robot_removed")
    assert verbs.count() == 1
    assert signed_in(UserFactory()).post(PAGE, filled()).status_code == 302


@pytest.fixture
def group(settings):
    """A server of robots that takes the first post and refuses the next."""
    gone = says({"errcode": 93000, "errmsg": "invalid webhook url"})
    with http_server(says({"errcode": 0}), gone) as server:
        settings.ROBOT_HOSTS = {"wecom": server.origin}
        server.owner = robot(
            provider="wecom",
            url=WECOM.replace("https://qyapi.weixin.qq.com", server.origin),
        ).owner
        yield server


def test_test_message_is_posted_and_its_result_said(signed_in, group, settings):
    settings.PORTAL_NAME = "示例平台"

    response = signed_in(group.owner).post(TEST, follow=True)

    [request] = group.requests
    text = "【示例平台】这是一条测试消息。看到它，说明群机器人登记成功。"
    assert request.values == {"msgtype": "text", "text": {"content": text}}
    assert words_of(response) == ["测试消息已发出，请到群里查看。"]


def test_test_message_again_at_once_is_not_posted(signed_in, group):
    client = signed_in(group.owner)
    client.post(TEST)

    response = client.post(TEST, follow=True)

    assert len(group.requests) == 1
    assert words_of(response)[-1] == "刚刚测试过，请半分钟后再试。"


def test_test_message_refused_tells_the_owner_why(signed_in, group, time_machine):
    client = signed_in(group.owner)
    client.post(TEST)
    time_machine.move_to(timezone.now() + timedelta(seconds=31))

    response = client.post(TEST, follow=True)

    assert "请在群里重新添加并更新地址" in words_of(response)[-1]
    assert KEY not in response.content.decode()


def test_test_message_to_address_out_of_bounds_is_not_posted(
    signed_in, group, settings
):
    settings.ROBOT_HOSTS = {"wecom": "https://qyapi.weixin.qq.com"}

    response = signed_in(group.owner).post(TEST, follow=True)

    assert group.connections == 0
    assert "不在允许的范围内" in words_of(response)[0]


def test_test_message_without_robot_says_so(signed_in, stranger):
    response = signed_in(stranger).post(TEST, follow=True)

    assert words_of(response) == ["还没有登记群机器人。"]
