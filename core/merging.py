"""Forms that change what their user changed, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms


class MergingFormMixin:
    """Sends along what each field held when the page was opened.

    A page may lie open for an hour. Without this, saving it would put back every
    field that someone else changed in the meantime.
    """

    # Values that clean() computes, by the field they follow from.
    derived: Mapping[str, Sequence[str]] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        for field in self.fields.values():
            if not isinstance(field, forms.FileField):
                field.show_hidden_initial = True

    def changed_values(self) -> dict[str, Any]:
        """The model's cleaned values that the user changed, and what follows."""
        names = set(self.changed_data)
        for source, following in self.derived.items():
            if source in names:
                names.update(following)
        columns = {field.name for field in self.instance._meta.concrete_fields}
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in names & columns
        }
