"""Addresses of chat robots: which providers there are and what theirs look like.

A webhook is an address that a person gives and the portal posts to, so nothing but
the providers' own addresses will do: exact host, path and query, no more.
"""

import re

from django.conf import settings

from accounts.models import ChatRobot

Provider = ChatRobot.Provider

# Hosts on the public internet: their names must not lead into a private network.
# Another host in settings.ROBOT_HOSTS is the operator's word and not looked at.
PUBLIC_HOSTS = {
    Provider.WECOM: "https://qyapi.weixin.qq.com",
    Provider.DINGTALK: "https://oapi.dingtalk.com",
    Provider.FEISHU: "https://open.feishu.cn",
}
_REST = {
    Provider.WECOM: re.compile(r"/cgi-bin/webhook/send\?key=[A-Za-z0-9_-]{8,100}"),
    Provider.DINGTALK: re.compile(r"/robot/send\?access_token=[A-Za-z0-9_-]{8,128}"),
    Provider.FEISHU: re.compile(r"/open-apis/bot/v2/hook/[A-Za-z0-9_-]{8,100}"),
}


def is_address(provider: str, url: str) -> bool:
    """Whether this is an address of a robot of the provider, to the letter."""
    host = settings.ROBOT_HOSTS.get(provider, "")
    if not host or not url.startswith(f"{host}/"):
        return False
    return _REST[provider].fullmatch(url[len(host) :]) is not None


def is_public(provider: str) -> bool:
    """Whether the provider's host is the one on the public internet."""
    return settings.ROBOT_HOSTS.get(provider) == PUBLIC_HOSTS[provider]
