"""What lists and calendar of shifts are narrowed to."""

from datetime import datetime
from functools import cached_property, lru_cache

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import DayField, TextField
from volunteers.queries.registers import Registers, registers_of_today


class UnsentInput(forms.HiddenInput):
    """Read from the address, and forgotten when the form is sent."""

    def render(self, *_args: object, **_kwargs: object) -> str:
        return ""


class RegisterField(forms.TypedChoiceField):
    """One row of a register."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, empty_value=None, **kwargs)


class PlaceAndKindForm(forms.Form):
    """What both the list and the calendar are narrowed to."""

    text = TextField(label=_("搜索"), max_length=50, required=False)
    near = TextField(label=_("在哪附近"), max_length=50, required=False)
    street = RegisterField(label=_("街道（镇）"), coerce=int)
    community = RegisterField(label=_("社区（村）"), coerce=int)
    pillar = RegisterField(label=_("板块"))
    time = forms.ChoiceField(
        label=_("时段"),
        required=False,
        choices=[
            ("", _("全天")),
            ("morning", _("上午（12:00 前）")),
            ("afternoon", _("下午（12:00 起）")),
            ("evening", _("晚上（18:00 起）")),
        ],
    )
    skill = RegisterField(label=_("需要技能"), coerce=int)
    places = forms.BooleanField(label=_("只看有名额的"), required=False)
    fits = forms.BooleanField(label=_("适合我"), required=False)

    NOT_FILTERS = {"after", "view", "day"}
    REGISTERED = ("near", "street", "community", "pillar", "skill")
    URL_NAME: str

    def __init__(
        self,
        data: QueryDict,
        *,
        registers: Registers | None,
        is_signed_in: bool,
    ) -> None:
        super().__init__(data)
        self.registers = registers
        if registers is not None:
            self._offer(registers)
        self.fields["text"].widget.attrs["placeholder"] = _t("名称或首字母")
        self.fields["near"].widget.attrs["placeholder"] = _t("社区、街道或地点")
        if not is_signed_in:
            del self.fields["fits"]

    def _offer(self, registers: Registers) -> None:
        for name, blank, rows in (
            ("street", _t("全区"), registers.street_choices()),
            ("community", _t("全部社区（村）"), registers.community_choices()),
            ("pillar", _t("全部板块"), registers.pillar_choices()),
            ("skill", _t("不限"), registers.skill_choices()),
        ):
            self.fields[name].choices = [("", blank), *rows]

    @cached_property
    def drawn(self) -> SafeString:
        """The form above the list."""
        values = {
            "form": self,
            "target": "#results",
            "active": self.active_count,
            "request": {"path": reverse(self.URL_NAME)},
        }
        return render_to_string("components/filters.html", values)

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        names = self.cleaned_data.keys() - self.NOT_FILTERS
        return sum(bool(self.cleaned_data[name]) for name in names)


def filters_from(
    kind: type[PlaceAndKindForm], query: QueryDict, *, user: User, is_drawn: bool
) -> PlaceAndKindForm:
    """The form as the address fills it in, checked; one query, or none if nothing of
    the registers is asked for and the form is not drawn.

    Reading and drawing a dozen fields costs more than the rows below, and most people
    ask the same: a form is kept for the next who does, while the registers stay.
    """
    registers = None
    if is_drawn or any(query.get(name) for name in kind.REGISTERED):
        asked = query.get("community", "")
        is_number = asked.isascii() and asked.isdecimal() and len(asked) < 19
        registers = registers_of_today(keep=int(asked) if is_number else None)
    return _read(kind, query.urlencode(), registers, user.is_authenticated)


@lru_cache(maxsize=64)
def _read(
    kind: type[PlaceAndKindForm],
    query: str,
    registers: Registers | None,
    is_signed_in: bool,
) -> PlaceAndKindForm:
    form = kind(QueryDict(query), registers=registers, is_signed_in=is_signed_in)
    form.is_valid()
    return form


class ShiftFilterForm(PlaceAndKindForm):
    """What the list of shifts is narrowed to, and where the page begins."""

    URL_NAME = "volunteers:shift_list"

    date = DayField(label=_("日期"), required=False)
    until = DayField(label=_("到（可不填）"), required=False)
    after = forms.CharField(required=False, max_length=60, widget=UnsentInput)
    field_order = [
        "text",
        "near",
        "street",
        "community",
        "date",
        "until",
        "time",
        "pillar",
        "skill",
        "places",
        "fits",
    ]

    def clean_after(self) -> tuple[datetime, int] | None:
        """The last row of the page before: its start and its number."""
        text = self.cleaned_data["after"]
        if not text:
            return None
        moment, _dot, pk = text.partition("_")
        try:
            starts_at = datetime.fromisoformat(moment)
            position = (starts_at, int(pk))
            is_sound = starts_at.tzinfo is not None and 2000 <= starts_at.year <= 2100
        except ValueError as error:
            raise forms.ValidationError(_("翻页位置不正确。")) from error
        if not is_sound or not 0 < position[1] < 2**63:
            raise forms.ValidationError(_("翻页位置不正确。"))
        return position

    def clean(self) -> dict[str, object]:
        first, last = self.cleaned_data.get("date"), self.cleaned_data.get("until")
        if first and last and last < first:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        return self.cleaned_data


class ShiftCalendarForm(PlaceAndKindForm):
    """What the calendar is narrowed to, and which days it shows."""

    URL_NAME = "volunteers:shift_calendar"

    view = forms.ChoiceField(
        required=False,
        choices=[("month", _("月")), ("week", _("周"))],
        widget=forms.HiddenInput,
    )
    day = DayField(required=False, widget=forms.HiddenInput)

    def clean_view(self) -> str:
        return self.cleaned_data["view"] or "month"
