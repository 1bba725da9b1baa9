"""Forms that change what their user changed, and nothing else."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict


class MergingFormMixin:
    """Sends along what each field held when the page was opened.

    A page may lie open for an hour. Without this, saving it would put back every
    field that someone else changed in the meantime.
    """

    # Values that clean() computes, by the field they follow from.
    derived: Mapping[str, Sequence[str]] = {}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.restored: list[str] = []
        self.contested: list[str] = []
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

    def restore(self, typed: MultiValueDict) -> list[str]:
        """Show what was typed before, and not sent, over what the record says.

        Of a record that exists already only what its user changed comes back: what
        others changed in the meantime stays, and saving sends along what the record
        says now. Names the fields in `restored`, and in `contested` those that both
        changed. For a form that is not bound; returns `restored`.
        """
        for name, field in self.fields.items():
            html_name = self.add_prefix(name)
            is_sent = not field.widget.value_omitted_from_data(typed, {}, html_name)
            if isinstance(field, forms.FileField) or field.disabled or not is_sent:
                continue
            value = field.widget.value_from_datadict(typed, {}, html_name)
            now = self.get_initial_for_field(field, name)
            if self.instance.pk is not None:
                before = self._hidden_initial(name, field, typed)
                if not field.has_changed(before, value):
                    continue
                if not field.has_changed(now, value):
                    continue
                self.data[self.add_initial_prefix(name)] = field.prepare_value(now)
                if _differ(field, before, now):
                    self.contested.append(name)
            self.initial[name] = value
            self.restored.append(name)
        return self.restored

    def _hidden_initial(
        self, name: str, field: forms.Field, typed: MultiValueDict
    ) -> Any:
        """What the field held when the draft's page was opened."""
        widget = field.hidden_widget()
        sent = widget.value_from_datadict(typed, {}, self.add_initial_prefix(name))
        try:
            return field.to_python(sent)
        except ValidationError:
            return None


def _differ(field: forms.Field, one: Any, other: Any) -> bool:
    return field.has_changed(one, field.prepare_value(other))
