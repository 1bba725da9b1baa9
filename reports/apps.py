"""Registers the app with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Say what the background exports of this floor are."""
        # Late: models exist only now.
        from accounts.exports import register_maker  # noqa: PLC0415
        from reports.exports.ledger_job import KIND, LedgerMaker  # noqa: PLC0415

        register_maker(KIND, LedgerMaker())
