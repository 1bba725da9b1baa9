"""Registers the app with Django."""

from django.apps import AppConfig

from core.working_days import check_holidays_file
from core.working_hours import check_working_hours


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        check_holidays_file()
        check_working_hours()
