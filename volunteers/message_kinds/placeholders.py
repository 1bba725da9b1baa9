"""What texts about shifts may name, with samples for the preview."""

from django.utils.translation import gettext_lazy as _

from accounts.notifications.kinds import Placeholder

SHIFT = Placeholder(label=_("班次名称"), sample=_("湖内社区环境整治 上午班"))
WHEN = Placeholder(label=_("班次时间"), sample=_("5月1日（周五）09:00–11:00"))
PLACE = Placeholder(label=_("集合地点"), sample=_("湖内社区党群服务中心"))
REASON = Placeholder(label=_("填写的原因"), sample=_("遇台风天气。"))
