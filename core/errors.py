"""Refusals whose text is fit for the person who asked."""


class RuleError(Exception):
    """A business rule says no; `str(error)` is shown to the user."""
