"""Registers the app with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "报表"

    def ready(self) -> None:
        """Say which messages and background exports this floor has."""
        # Late: models exist only now.
        from accounts.exports import register_maker  # noqa: PLC0415
        from reports.exports.ledger_job import KIND, LedgerMaker  # noqa: PLC0415
        from reports.exports.report_job import ReportMaker  # noqa: PLC0415
        from reports.message_kinds import register_kinds  # noqa: PLC0415
        from reports.queries.asked import FILE_KIND  # noqa: PLC0415

        register_kinds()
        register_maker(KIND, LedgerMaker())
        register_maker(FILE_KIND, ReportMaker())
