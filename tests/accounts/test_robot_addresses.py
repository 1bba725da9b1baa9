"""Which addresses a robot may have: the providers' own, to the letter."""

import pytest

from accounts.channels.robot_addresses import is_address, is_public

KEY = "693a91f6-7aoc-4bc4"
WECOM = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}"
DINGTALK = f"https://oapi.dingtalk.com/robot/send?access_token={KEY}"
FEISHU = f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}"


@pytest.mark.parametrize(
    ("provider", "url"),
    [("wecom", WECOM), ("dingtalk", DINGTALK), ("feishu", FEISHU)],
)
def test_address_of_the_provider_is_one(provider, url):
    assert is_address(provider, url)
    assert is_public(provider)


@pytest.mark.parametrize(
    "url",
    [
        "",
        DINGTALK,
        WECOM.replace("https", "http"),
        WECOM.replace("https", "HTTPS"),
        WECOM.replace("//", "//a:b@"),
        WECOM.replace("//", "//127.0.0.1@"),
        WECOM.replace(".com", ".com:443"),
        WECOM.replace(".com", ".com."),
        WECOM.replace(".com", ".com.evil.example"),
        WECOM.replace(".com", ".com\\@evil.example"),
        WECOM.replace("qyapi", "xyapi"),
        WECOM.replace("/cgi-bin", "/../cgi-bin"),
        WECOM.replace("/send", "/upload_media"),
        WECOM.replace("/cgi-bin", "//cgi-bin"),
        WECOM.replace("key=", "key=&key="),
        WECOM.replace(KEY, ""),
        f"{WECOM}&debug=1",
        f"{WECOM}#x",
        f"{WECOM}%0d%0aX:1",
        f"{WECOM}\n",
        f" {WECOM}",
        f"{WECOM}\r\nHost: evil",
        WECOM.replace(KEY, "钥匙钥匙钥匙钥匙"),
        WECOM.replace(KEY, "１２３４５６７８"),  # noqa: RUF001
        WECOM.replace(KEY, "a" * 101),
        "https://127.0.0.1/cgi-bin/webhook/send?key=693a91f6",
        "file:///etc/passwd",
        "gopher://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6",
    ],
)
def test_address_of_any_other_kind_is_none(url):
    assert not is_address("wecom", url)


def test_address_follows_the_host_the_settings_name(settings):
    settings.ROBOT_HOSTS = {"wecom": "http://127.0.0.1:8001"}

    assert is_address("wecom", f"http://127.0.0.1:8001/cgi-bin/webhook/send?key={KEY}")
    assert not is_address("wecom", WECOM)
    assert not is_address("wecom", f"http://127.0.0.1:80018/cgi-bin/webhook/send?{KEY}")
    assert not is_public("wecom")
    assert not is_address("feishu", FEISHU)
