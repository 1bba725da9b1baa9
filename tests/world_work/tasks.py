"""Objects of the small district: tasks."""

from typing import Any

from tests.factories.tasks import (
    TaskAssignmentFactory,
    TaskLinkFactory,
    TaskReportFactory,
)


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """A task under way for the side's organisation, with something given for it."""
    assignment = TaskAssignmentFactory(organization=organization)
    link = TaskLinkFactory(assignment=assignment)
    TaskReportFactory(assignment=assignment)
    world.arguments |= {
        f"{side}_task": [assignment.task_id],
        f"{side}_assignment": [assignment.pk],
        f"{side}_task_link": [assignment.pk, link.activity_id],
    }
