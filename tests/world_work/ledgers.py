"""Objects of the small district: ledgers, exports and the progress matrix."""

from typing import Any

from core.uploads import save_private
from tests.factories.accounts import UserFactory
from tests.factories.exports import ExportJobFactory


def add(world: Any, side: str, organization: Any, community: Any) -> None:
    """What the rows of the matrix name, for the own or the foreign side."""
    if side == "own":
        _add_exports(world, "volunteers", world.users["volunteer"])
        _add_exports(world, "others", UserFactory())


def _add_exports(world: Any, whose: str, owner: Any) -> None:
    name = save_private(b"example", "exports", "txt")
    world.files.append(name)
    done = ExportJobFactory(owner=owner, state="done", file=name, file_name="示例.txt")
    world.arguments[f"{whose}_export"] = [done.pk]
    world.arguments[f"{whose}_waiting_export"] = [ExportJobFactory(owner=owner).pk]
