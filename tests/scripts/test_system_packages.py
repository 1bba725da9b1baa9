import pytest

from scripts import system_packages
from scripts.console import Refusal
from scripts.system_packages import NEEDS, WISHES, Need, ensure_system_packages


@pytest.fixture
def installed(monkeypatch):
    """The packages the command asked apt for; apt brings none of them."""
    asked = []
    monkeypatch.setattr(system_packages, "install", asked.extend)
    return asked


def test_ensure_system_packages_all_there_installs_nothing(monkeypatch, installed):
    monkeypatch.setitem(NEEDS, "test", [Need("chromium", lambda: True)])

    ensure_system_packages("test")

    assert installed == []


def test_ensure_system_packages_without_apt_names_the_missing(monkeypatch, installed):
    needs = [
        Need("a", lambda: True),
        Need("b", lambda: False),
        Need("c", lambda: False),
    ]
    monkeypatch.setitem(NEEDS, "test", needs)
    monkeypatch.setattr(system_packages, "can_install", lambda: False)

    with pytest.raises(Refusal, match="make test needs these packages: b c$"):
        ensure_system_packages("test")

    assert installed == []


def test_ensure_system_packages_apt_brings_nothing_refused(monkeypatch, installed):
    monkeypatch.setitem(NEEDS, "test", [Need("b", lambda: False)])
    monkeypatch.setattr(system_packages, "can_install", lambda: True)

    with pytest.raises(Refusal, match="needs these packages: b$"):
        ensure_system_packages("test")

    assert installed == ["b"]


def test_ensure_system_packages_runs_on_without_what_it_only_wishes_for(
    monkeypatch, installed, capsys
):
    monkeypatch.setitem(WISHES, "run", [Need("pango", lambda: False)])
    monkeypatch.setattr(system_packages, "can_install", lambda: False)

    ensure_system_packages("run")

    assert installed == []
    assert "without pango" in "".join(capsys.readouterr())
