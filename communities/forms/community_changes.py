"""Input about dated changes of communities."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from communities.choices import offered_communities
from communities.forms.changes import BASE, ChangeForm
from communities.models import Community, RegisterChange, Subdistrict
from core.fields import TextField

Kind = RegisterChange.Kind
NEW_NODES = 3


class CommunityChoiceField(forms.ModelChoiceField):
    """A choice among communities, named with their street."""

    def label_from_instance(self, obj: Community) -> str:
        return f"{obj.name}（{obj.subdistrict}）"


def _code_field(label: str, *, required: bool = True) -> TextField:
    return TextField(
        label=label,
        max_length=12,
        required=required,
        validators=[RegexValidator(r"\A[0-9]{12}\Z", _("区划代码应为 12 位数字。"))],
    )


def _official_name_field(label: str) -> TextField:
    return TextField(
        label=label,
        max_length=100,
        required=False,
        help_text=_("不填即在名称后加“居委会”或“委会”。"),
    )


class RenameForm(ChangeForm):
    """A new name."""

    name = TextField(label=_("新名称"), max_length=100)
    official_name = _official_name_field(_("新的登记名称"))

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("name", "official_name")}


class ConvertForm(RenameForm):
    """A new name and code: the village becomes a community."""

    code = _code_field(_("新的区划代码"))

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {**super().details(assign), "code": self.cleaned_data["code"]}


class MoveForm(ChangeForm):
    """Another street."""

    subdistrict = forms.ModelChoiceField(
        label=_("新的街道（镇）"), queryset=Subdistrict.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Subdistrict.objects.exclude(pk=self.target.subdistrict_id)
        self.fields["subdistrict"].queryset = others

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {"subdistrict": self.cleaned_data["subdistrict"].pk}


class MergeForm(ChangeForm):
    """Into which community this one goes."""

    into = CommunityChoiceField(
        label=_("并入哪个社区（村）"), queryset=Community.objects.none()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = offered_communities().exclude(pk=self.target.pk)
        self.fields["into"].queryset = others.select_related("subdistrict")

    @property
    def successor(self) -> Community:
        return self.cleaned_data["into"]

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        return {"successor": self.successor.pk}


class SplitForm(ChangeForm):
    """Up to three new communities; blank ones are passed over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = {}
        for number in range(1, NEW_NODES + 1):
            fields |= _node_fields(number)
        fields["dissolve"] = forms.BooleanField(
            label=_("分设后原社区（村）撤销，全部事项由新设的承接"), required=False
        )
        fields["main"] = forms.TypedChoiceField(
            label=_("撤销时，以往数据按现行区划计入"),
            choices=[
                (number, _("新设 %(number)d") % {"number": number})
                for number in range(1, NEW_NODES + 1)
            ],
            coerce=int,
            required=False,
            empty_value=1,
            help_text=_("没有另行分配的事项也由它承接。"),
        )
        self.fields = fields | {name: self.fields[name] for name in BASE}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for number in range(2, NEW_NODES + 1):
            others = ("official_name", "code", "kind")
            has_more = any(cleaned.get(f"{name}_{number}") for name in others)
            name = cleaned.get(f"name_{number}")
            if has_more and not name:
                self._complain(f"name_{number}", _("请填写名称，或清空这一组。"))
            if name and not cleaned.get(f"code_{number}"):
                self._complain(f"code_{number}", _("请填写区划代码。"))
        if cleaned.get("dissolve") and not cleaned.get(f"name_{cleaned.get('main')}"):
            self._complain("main", _("请选择填写了名称的一个。"))
        return cleaned

    def _complain(self, name: str, text: str) -> None:
        if name not in self.errors:
            self.add_error(name, ValidationError(text))

    def _numbers(self) -> list[int]:
        numbers = range(1, NEW_NODES + 1)
        return [number for number in numbers if self.cleaned_data[f"name_{number}"]]

    @property
    def places(self) -> list[str]:
        return [self.cleaned_data[f"name_{number}"] for number in self._numbers()]

    @property
    def ends(self) -> bool:
        return self.cleaned_data["dissolve"]

    @property
    def place_of_rest(self) -> int | None:
        return self._numbers().index(self.cleaned_data["main"]) if self.ends else None

    def details(self, assign: dict[str, int]) -> dict[str, Any]:
        nodes = [
            {
                name: self.cleaned_data[f"{name}_{number}"]
                for name in ("name", "official_name", "code", "kind")
            }
            for number in self._numbers()
        ]
        return {
            "nodes": nodes,
            "dissolve": self.ends,
            "assign": assign,
            "main": self.place_of_rest,
        }


def _node_fields(number: int) -> dict[str, forms.Field]:
    words = {"number": number}
    return {
        f"name_{number}": TextField(
            label=_("新设 %(number)d 的名称") % words,
            max_length=100,
            required=number == 1,
        ),
        f"official_name_{number}": _official_name_field(
            _("新设 %(number)d 的登记名称") % words
        ),
        f"code_{number}": _code_field(
            _("新设 %(number)d 的区划代码") % words, required=number == 1
        ),
        f"kind_{number}": forms.ChoiceField(
            label=_("新设 %(number)d 的类型") % words,
            choices=[("", _("与原来相同")), *Community.Kind.choices],
            required=False,
        ),
    }


COMMUNITY_FORMS: dict[str, type[ChangeForm]] = {
    Kind.RENAME: RenameForm,
    Kind.MOVE: MoveForm,
    Kind.CONVERT: ConvertForm,
    Kind.MERGE: MergeForm,
    Kind.SPLIT: SplitForm,
}
