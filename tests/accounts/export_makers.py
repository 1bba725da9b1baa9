"""Makers of example files, each with a turn of its own."""

from accounts import exports
from core.errors import RuleError


class ExampleMaker:
    """Writes one letter a step; `between` happens after the first."""

    def __init__(self, between=lambda: None):
        self.between = between
        self.written = []

    def title(self, parameters):
        return "示例导出"

    def check(self, parameters, user):
        """Everybody may have it."""

    def total(self, parameters, user):
        return 3

    def write(self, parameters, user, path, progress):
        self.written.append(path)
        with path.open("w") as file:
            for done in range(3):
                progress(done)
                file.write("a")
                if done == 0:
                    self.between()
            progress(3)
        return "示例.txt"


class RefusingMaker(ExampleMaker):
    """The person has lost the right since."""

    def check(self, parameters, user):
        raise RuleError("您已没有这个党组织的导出权限。")

    def write(self, parameters, user, path, progress):
        raise RuleError("您已没有这个党组织的导出权限。")


class FailingMaker(ExampleMaker):
    """Something nobody thought of."""

    def write(self, parameters, user, path, progress):
        path.write_text("half")
        raise OSError("disk on fire")


def register(monkeypatch, maker):
    """Let `maker` make the kind "example" in this test."""
    monkeypatch.setitem(exports._makers, "example", maker)
    return maker
