"""Objects of the small district: reports with persons, saved report settings."""

from typing import Any

from tests.factories.exports import SavedReportFactory


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name; settings belong to one person."""
    if side == "own":
        world.arguments["personal_report"] = ["signups"]
        saved = SavedReportFactory(owner=world.users["office"])
        world.arguments["offices_saved_report"] = [saved.pk]
        world.arguments["others_saved_report"] = [SavedReportFactory().pk]
