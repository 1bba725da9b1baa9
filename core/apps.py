"""Registers the app with Django."""

from django.apps import AppConfig

from core.form_words import use_our_words
from core.working_days import check_holidays_file
from core.working_hours import check_working_hours


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "基础"

    def ready(self) -> None:
        # Late: models exist only now.
        from core import audit_chain  # noqa: PLC0415
        from core.probes import register_probes  # noqa: PLC0415
        from core.readiness import heartbeat, register_probe  # noqa: PLC0415

        use_our_words()
        check_holidays_file()
        check_working_hours()
        register_probe("heartbeat", heartbeat)
        register_probe("audit", audit_chain.probe)
        register_probes()
