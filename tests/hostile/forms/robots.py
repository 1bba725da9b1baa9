"""The form of chat robots."""

from tests.hostile.forms.base import Form


def _robot_data() -> dict[str, object]:
    return {
        "provider": "dingtalk",
        "name": "示例群",
        "url": "https://oapi.dingtalk.com/robot/send?access_token=0c23f00d0c23f00d",
        "secret": "SEC8341",
    }


FORMS = {
    "accounts:chat_robot": Form(
        "-", "unit", _robot_data, texts="provider name url secret"
    )
}
