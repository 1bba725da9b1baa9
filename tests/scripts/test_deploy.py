"""The files of deploy/ name settings, commands and paths that exist."""

import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands

from core.private_files import INTERNAL

DEPLOY = Path(settings.BASE_DIR, "deploy")
OPERATORS = Path(settings.BASE_DIR, "docs", "operators")
UNITS = sorted((DEPLOY / "systemd").iterdir())
# Read by others than the portal.
OF_OTHERS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB"}


def known_settings():
    example = Path(settings.BASE_DIR, ".env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) | OF_OTHERS


def commands_in(text):
    return set(re.findall(r"(?:manage\.py|portal-manage) ([a-z]\w+)", text))


def test_settings_of_the_environment_file_exist():
    text = (DEPLOY / "portal.env.example").read_text(encoding="utf-8")

    names = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))

    assert names
    assert names <= known_settings()


def test_settings_that_compose_gives_exist():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"].values()

    names = {name for service in services for name in service.get("environment", {})}

    assert names
    assert names <= known_settings()


def test_services_of_compose_use_what_is_there():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))

    for service in compose["services"].values():
        build = service.get("build")
        volumes = {mount.partition(":")[0] for mount in service.get("volumes", [])}
        assert build is None or (DEPLOY.parent / build["dockerfile"]).exists()
        assert volumes <= set(compose["volumes"])
        assert set(service.get("depends_on", {})) <= set(compose["services"])


@pytest.mark.parametrize(
    "path",
    [*UNITS, DEPLOY / "compose.yaml", *sorted(OPERATORS.iterdir())],
    ids=lambda path: path.name,
)
def test_commands_that_a_document_calls_exist(path):
    assert commands_in(path.read_text(encoding="utf-8")) <= set(get_commands())


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_unit_has_its_sections_and_no_line_twice(path):
    lines = path.read_text(encoding="utf-8").splitlines()

    kind = {"service": "[Service]", "timer": "[Timer]"}[path.suffix[1:]]
    names = [line.partition("=")[0] for line in lines if "=" in line]
    assert {"[Unit]", kind} <= set(lines)
    assert len(names) == len(set(names))
    assert all(not line or line[0] == "[" or "=" in line for line in lines)


def test_timer_of_each_job_has_its_service():
    names = {path.name for path in UNITS}

    timers = {name for name in names if name.endswith(".timer")}
    assert timers == {"xiangcheng-backup.timer", "xiangcheng-verify-audit.timer"}
    assert {name.replace(".timer", ".service") for name in timers} <= names


def test_links_of_the_operators_pages_lead_somewhere():
    missing = [
        (page.name, target)
        for page in OPERATORS.glob("*.md")
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]

    assert missing == []


def test_what_nginx_sends_itself_carries_a_content_policy():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    blocks = re.findall(r"location [^{]*\{([^}]*\balias [^}]*)\}", text)

    assert len(blocks) == 2
    missing = [
        block
        for block in blocks
        if "add_header Content-Security-Policy \"default-src 'none'" not in block
    ]
    assert missing == []


def test_nginx_sends_private_files_from_where_the_portal_points():
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")

    block = re.search(rf"location {INTERNAL} \{{(.*?)\}}", text, re.DOTALL)[1]
    media = re.search(
        r"MEDIA_ROOT=(.+)", (DEPLOY / "portal.env.example").read_text(encoding="utf-8")
    )[1]
    assert "internal;" in block
    assert "add_header X-Content-Type-Options nosniff;" in block
    assert f"alias {media}/;" in block
