"""The floors of the portal: imports, foreign keys, states, and what is never done."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test.utils import isolate_apps
from importlinter import api

from campaigns.models import Activity

ROOT = Path(settings.BASE_DIR)
LINTER = Path(sys.executable).with_name("lint-imports")
CONTRACTS = api.read_configuration(str(ROOT / "pyproject.toml"))["contracts_options"]
FLOORS: list[str] = CONTRACTS[0]["layers"]
PROGRAM = [*FLOORS, "scripts"]
# The only places that remove a row or a file; each names why.
DELETIONS = {
    # Forms never sent, after thirty days and beyond the most a person may have.
    ("accounts/drafts.py", "FormDraft.objects.filter(saved_at__lte=now - KEPT)"),
    ("accounts/drafts.py", "FormDraft.objects.filter(pk__in=list(surplus))"),
    (
        "accounts/notifications/kind_settings.py",
        "row",
    ),  # the office's words; the log keeps them
    ("campaigns/actions/evidence.py", "evidence"),  # a photo taken back before review
    ("campaigns/actions/evidence.py", "file"),  # its row, when nothing links it
    ("campaigns/actions/tasks.py", "link"),  # an activity given by mistake
    ("campaigns/actions/whistle_photos.py", "row"),  # a photo taken back in time
    ("reports/actions.py", "locked"),  # settings a person saved; the log keeps them
    ("core/uploads.py", "default_storage"),  # its file
}


def _lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [LINTER, "--no-cache", "--no-logo", "--config", folder / "pyproject.toml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def empty_portal(tmp_path):
    """The contracts of the portal over floors that hold nothing."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for floor in FLOORS:
        for name in ("__init__", "models", "actions"):
            path = tmp_path / floor / f"{name}.py"
            path.parent.mkdir(exist_ok=True)
            path.touch()
    return tmp_path


def test_import_contracts_hold():
    code, output = _lint(ROOT)

    assert code == 0, output


def test_import_contracts_hold_for_empty_floors(empty_portal):
    code, output = _lint(empty_portal)

    assert code == 0, output


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("core/models.py", "import accounts.models"),
        ("communities/actions.py", "from volunteers.models import Shift"),
        ("reports/views.py", "import xiangcheng_portal"),
        ("campaigns/models.py", "from campaigns import actions"),
        ("volunteers/actions.py", "from volunteers import views"),
        ("volunteers/rules.py", "from volunteers import actions"),
        ("communities/queries.py", "from communities import imports"),
    ],
    ids=lambda text: text.partition(".py")[0],
)
def test_import_contracts_refuse_a_step_upward(module, line, empty_portal):
    target = empty_portal / line.split()[1].split(".")[0]
    for name in ("views", "imports"):
        (target / f"{name}.py").touch()
    (empty_portal / module).write_text(line)

    code, output = _lint(empty_portal)

    assert code == 1
    assert "BROKEN" in output


def test_import_contracts_refuse_a_module_without_a_layer(empty_portal):
    (empty_portal / "volunteers/helpers.py").touch()

    code, output = _lint(empty_portal)

    assert code == 1
    assert "volunteers.helpers" in output


def test_every_app_of_the_project_is_a_floor():
    folders = {path.parent.name for path in ROOT.glob("*/apps.py")}
    installed = {
        config.name for config in apps.get_app_configs() if _is_ours(config.path)
    }

    assert folders == installed == set(FLOORS)


def _is_ours(path: str) -> bool:
    return Path(path).parent == ROOT


def _upward_fields(model: type[models.Model]) -> list[str]:
    """The relations of a model that point to a higher floor."""
    own = FLOORS.index(model._meta.app_label)
    return [
        field.name
        for field in [*model._meta.fields, *model._meta.many_to_many]
        if field.is_relation
        and field.related_model._meta.app_label in FLOORS
        and FLOORS.index(field.related_model._meta.app_label) < own
    ]


def _our_models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in FLOORS
    ]


@pytest.mark.parametrize("model", _our_models(), ids=lambda m: m._meta.label)
def test_relations_point_to_the_same_floor_or_lower(model):
    assert _upward_fields(model) == []


@isolate_apps("core")
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (models.ForeignKey, {"on_delete": models.CASCADE}),
        (models.OneToOneField, {"on_delete": models.CASCADE}),
        (models.ManyToManyField, {}),
    ],
    ids=["foreign key", "one to one", "many to many"],
)
def test_relation_to_a_higher_floor_is_found(kind, options):
    class Probe(models.Model):
        target = kind(Activity, related_name="+", **options)

        class Meta:
            app_label = "core"

        def __str__(self) -> str:
            return "probe"

    assert _upward_fields(Probe) == ["target"]


# What the code itself must not do -------------------------------------------


def _calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if called in names:
                yield node


def _says_state(node: ast.AST) -> bool:
    return any(
        isinstance(part, ast.Constant) and part.value == "state"
        for part in ast.walk(node)
    )


def _state_writes(source: str) -> list[int]:
    """Lines that write `state` past `move_to`."""
    tree = ast.parse(source)
    lines = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "state"
        and isinstance(node.ctx, ast.Store | ast.Del)
    ]
    for call in _calls(tree, "update"):
        lines += [call.lineno for keyword in call.keywords if keyword.arg == "state"]
        is_dict = any(keyword.arg is None for keyword in call.keywords)
        lines += [call.lineno] * (is_dict and _says_state(call))
    for call in _calls(tree, "setattr", "bulk_update", "update_or_create"):
        lines += [call.lineno] * _says_state(call)
    return lines


def _deletions(source: str) -> list[tuple[int, str]]:
    """Line and object of each `something.delete()`."""
    return [
        (call.lineno, ast.unparse(call.func.value))
        for call in _calls(ast.parse(source), "delete", "_raw_delete")
        if isinstance(call.func, ast.Attribute)
    ]


def _sources() -> list[Path]:
    return [
        path
        for folder in PROGRAM
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def _found(scan: Callable[[str], list], *, but: str = "") -> dict[str, list]:
    names = {str(path.relative_to(ROOT)): path for path in _sources()}
    assert len(names) > 100
    found = {
        name: scan(path.read_text()) for name, path in names.items() if name != but
    }
    return {name: hits for name, hits in found.items() if hits}


def test_only_move_to_writes_a_state():
    assert _found(_state_writes, but="core/models/states.py") == {}


@pytest.mark.parametrize(
    "line",
    [
        "shift.state = 'cancelled'",
        "before, self.state = 1, 2",
        "setattr(shift, 'state', 'cancelled')",
        "Shift.objects.filter(pk=1).update(state='cancelled')",
        "Shift.objects.update(**{'state': 'cancelled'})",
        "Shift.objects.bulk_update(rows, ['state'])",
        "Shift.objects.update_or_create(pk=1, defaults={'state': 'x'})",
    ],
)
def test_state_written_elsewhere_is_found(line):
    assert _state_writes(line) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "Notification.objects.update(outbox_state='sent')",
        "rows = rows.filter(state='draft')",
        "Activity(state='draft')",
        "counts.update(found)",
    ],
)
def test_state_read_or_given_at_birth_is_no_find(line):
    assert _state_writes(line) == []


def test_nothing_that_happened_is_deleted():
    found = {
        (name, target)
        for name, hits in _found(_deletions).items()
        for _line, target in hits
        if not name.startswith("scripts/")
    }

    assert found == DELETIONS


def test_deletion_is_found():
    assert _deletions("rows.filter(pk=1).delete()") == [(1, "rows.filter(pk=1)")]


def test_history_cannot_cascade():
    """Messages, exports and unsent forms go with the person; nothing else does."""
    cascading = {
        f"{model._meta.label}.{field.name}"
        for model in _our_models()
        if not model._meta.auto_created
        for field in model._meta.fields
        if field.is_relation and field.remote_field.on_delete is models.CASCADE
    }

    assert cascading == {
        "accounts.ChannelChoice.user",
        "accounts.ChatRobot.owner",
        "accounts.Delivery.notification",
        "accounts.ExportJob.owner",
        "accounts.FormDraft.owner",
        "accounts.Notification.recipient",
        "accounts.QuietHours.user",
        "accounts.SavedReport.owner",
    }


def test_no_file_of_the_project_reaches_outside_it():
    outside = re.compile(r"\.\./" + r"shared|/work" + r"/(?:main|shared)")
    folders = [*PROGRAM, "tests", "templates", "static", "docs", "bench"]
    suffixes = {".py", ".html", ".md", ".toml", ".js", ".css", ".txt", ".in"}
    paths = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in suffixes
    ] + [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "README.md"]

    found = [str(path) for path in paths if outside.search(path.read_text())]

    assert len(paths) > 200
    assert found == []
