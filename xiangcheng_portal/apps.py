"""The portal as an app: it holds the commands that touch every floor."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "xiangcheng_portal"
    verbose_name = "芗城创城协同平台"
