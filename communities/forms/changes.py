"""Input about dated changes of the registers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.models import Organization, RegisterChange
from core.fields import DayField, TextField

Kind = RegisterChange.Kind
NEW_NODES = 3


class OrganizationChoiceField(forms.ModelChoiceField):
    """A choice among organisations, named with their unit."""

    def label_from_instance(self, obj: Organization) -> str:
        return f"{obj.name}（{obj.unit_name}）"


class ChangeForm(forms.Form):
    """What every change says: from which day, by which document, why.

    `target` is what is changed. `details` returns what the kind needs, `successor`
    who takes over, if anyone.
    """

    effective_on = DayField(label=_("生效日期"))
    document = TextField(label=_("依据文号"), max_length=60, required=False)
    reason = TextField(label=_("说明"), max_length=200, required=False)

    successor: models.Model | None = None

    def __init__(self, *args: Any, target: models.Model, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target
        self.fields["effective_on"].initial = timezone.localdate()
        self.fields["effective_on"].help_text = _(
            "可以是今天、以前或以后的日期；以后的日期到时自动生效，之前可以撤回。"
        )
        self.order_fields([name for name in self.fields if name not in BASE] + BASE)

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        """What the kind needs; `assign` says where rows go in a split."""
        return {}

    @property
    def places(self) -> list[str]:
        """Names of the new nodes of a split."""
        return []

    @property
    def ends(self) -> bool:
        """Whether a split leaves nothing of the old one."""
        return False

    @property
    def place_of_rest(self) -> int | None:
        """The new node that what is not assigned is proposed for; None: it stays."""
        return 0 if self.ends else None

    @property
    def sent_values(self) -> list[tuple[str, str]]:
        """Names and values as they were sent, to be sent again."""
        return [
            (name, value)
            for name in self.fields
            for value in [self.data.get(name, "")]
            if value
        ]


BASE = list(ChangeForm.base_fields)


class RenameForm(ChangeForm):
    """A new name of an organisation, of its unit, or both."""

    name = TextField(label=_("新名称"), max_length=100)
    unit_name = TextField(label=_("所在单位"), max_length=100)
    with_children = forms.BooleanField(
        label=_("所在单位更名时，同单位的下级党组织一并更改"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = self.target.name
        self.fields["unit_name"].initial = self.target.unit_name

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        names = ("name", "unit_name", "with_children")
        return {name: self.cleaned_data[name] for name in names}


class MoveForm(ChangeForm):
    """Another parent in the tree."""

    parent = OrganizationChoiceField(
        label=_("新的上级党组织"), queryset=Organization.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = others_of(self.target).filter(
            kind__in=Organization.PARENT_KINDS[self.target.kind],
            state=Organization.State.ACTIVE,
        )

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {"parent": self.cleaned_data["parent"].pk}


class MergeForm(ChangeForm):
    """Into which organisation this one goes."""

    into = OrganizationChoiceField(
        label=_("并入哪个党组织"), queryset=Organization.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others_of(self.target).filter(
            state=Organization.State.ACTIVE
        )

    @property
    def successor(self) -> Organization:
        return self.cleaned_data["into"]

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {"successor": self.successor.pk}


class SplitForm(ChangeForm):
    """Up to three new organisations; blank ones are passed over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Organization.objects.filter(
            kind__in={
                kind for kinds in Organization.PARENT_KINDS.values() for kind in kinds
            },
            state=Organization.State.ACTIVE,
        )
        fields = {}
        for number in range(1, NEW_NODES + 1):
            fields |= self._node_fields(number, parents)
        fields["dissolve"] = forms.BooleanField(
            label=_("分设后原党组织撤销，全部事项由新设的承接"), required=False
        )
        self.fields = fields | self.fields

    def _node_fields(
        self, number: int, parents: models.QuerySet
    ) -> dict[str, forms.Field]:
        words = {"number": number}
        return {
            f"name_{number}": TextField(
                label=_("新设党组织 %(number)d") % words,
                max_length=100,
                required=number == 1,
            ),
            f"unit_name_{number}": TextField(
                label=_("所在单位 %(number)d") % words,
                max_length=100,
                required=False,
                initial=self.target.unit_name if number == 1 else "",
                help_text=_("不填即与原党组织相同。") if number > 1 else "",
            ),
            f"kind_{number}": forms.ChoiceField(
                label=_("类型 %(number)d") % words,
                choices=[("", _("与原党组织相同")), *Organization.Kind.choices],
                required=False,
            ),
            f"parent_{number}": OrganizationChoiceField(
                label=_("上级党组织 %(number)d") % words,
                queryset=parents,
                required=False,
                empty_label=_("与原党组织相同"),
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(2, NEW_NODES + 1):
            others = ("unit_name", "kind", "parent")
            has_more = any(cleaned.get(f"{name}_{number}") for name in others)
            if has_more and not cleaned.get(f"name_{number}"):
                self.add_error(
                    f"name_{number}", ValidationError(_("请填写名称，或清空这一组。"))
                )
        return cleaned

    def _nodes(self) -> list[dict[str, Any]]:
        cleaned = self.cleaned_data
        return [
            {
                "name": cleaned[f"name_{number}"],
                "unit_name": cleaned[f"unit_name_{number}"] or self.target.unit_name,
                "kind": cleaned[f"kind_{number}"] or self.target.kind,
                "parent": getattr(cleaned[f"parent_{number}"], "pk", None)
                or self.target.parent_id,
            }
            for number in range(1, NEW_NODES + 1)
            if cleaned[f"name_{number}"]
        ]

    @property
    def places(self) -> list[str]:
        return [node["name"] for node in self._nodes()]

    @property
    def ends(self) -> bool:
        return self.cleaned_data["dissolve"]

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {"nodes": self._nodes(), "dissolve": self.ends, "assign": assign}


def others_of(organization: Organization) -> models.QuerySet:
    """Standing organisations that are neither this one nor below it."""
    below = Organization.objects.below(organization).values("pk")
    return Organization.objects.standing().exclude(pk__in=below)


ORGANIZATION_FORMS: dict[str, type[ChangeForm]] = {
    Kind.RENAME: RenameForm,
    Kind.MOVE: MoveForm,
    Kind.MERGE: MergeForm,
    Kind.SPLIT: SplitForm,
    Kind.SUSPEND: ChangeForm,
    Kind.RESUME: ChangeForm,
    Kind.DISSOLVE: ChangeForm,
}


class UndoForm(forms.Form):
    """Why a planned change is taken back."""

    reason = TextField(label=_("撤回理由"), max_length=200)


class ChangeFilterForm(forms.Form):
    """Narrows the list of changes."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部状态")), *RegisterChange.State.choices],
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("变更"),
        choices=[("", _("全部变更")), *Kind.choices],
        required=False,
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
