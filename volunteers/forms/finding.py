"""What lists and calendar of shifts are narrowed to."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from django import forms
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import DayField, TextField
from volunteers.queries.registers import Registers


class UnsentInput(forms.HiddenInput):
    """Read from the address, and forgotten when the form is sent."""

    def render(self, *_args: object, **_kwargs: object) -> str:
        return ""


class CommunitySelect(forms.Select):
    """Communities by street, drawn once for as long as the register stays.

    A choice among 179 costs more than the list below it.
    """

    groups: Callable[[], list[tuple]]

    def render(
        self, name: str, value: object, attrs: dict | None = None, renderer=None
    ) -> SafeString:
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        groups = tuple((group, tuple(rows)) for group, rows in self.groups())
        options = _options(groups)
        if value:
            chosen = format_html('<option value="{}"', value)
            options = options.replace(chosen + ">", chosen + " selected>")
        return format_html(
            '<select{}><option value="">{}</option>{}</select>',
            flatatt(attributes),
            _t("全部社区（村）"),
            mark_safe(options),  # noqa: S308 (escaped by _options)
        )


@lru_cache(maxsize=4)
def _options(groups: tuple) -> str:
    return str(
        format_html_join(
            "",
            '<optgroup label="{}">{}</optgroup>',
            (
                (name, format_html_join("", '<option value="{}">{}</option>', rows))
                for name, rows in groups
            ),
        )
    )


class RegisterField(forms.TypedChoiceField):
    """One row of a register; nothing is asked before it is shown or chosen."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, empty_value=None, **kwargs)


class PlaceAndKindForm(forms.Form):
    """What both the list and the calendar are narrowed to."""

    text = TextField(label=_("搜索"), max_length=50, required=False)
    near = TextField(label=_("在哪附近"), max_length=50, required=False)
    street = RegisterField(label=_("街道（镇）"), coerce=int)
    community = RegisterField(label=_("社区（村）"), coerce=int, widget=CommunitySelect)
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

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        asked = self.data.get("community", "")
        is_number = asked.isascii() and asked.isdecimal() and len(asked) < 19
        keep = int(asked) if is_number else None
        self.registers = registers = Registers(keep=keep)
        for name, blank, rows in (
            ("street", _("全区"), registers.street_choices),
            ("community", "", registers.community_choices),
            ("pillar", _("全部板块"), registers.pillar_choices),
            ("skill", _("不限"), registers.skill_choices),
        ):
            self.fields[name].choices = _with_blank(blank, rows)
        self.fields["community"].widget.groups = registers.community_choices
        self.fields["text"].widget.attrs["placeholder"] = _t("活动、地点，可用首字母")
        self.fields["near"].widget.attrs["placeholder"] = _t("社区、街道或地点")
        if not user.is_authenticated:
            del self.fields["fits"]

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        names = self.cleaned_data.keys() - self.NOT_FILTERS
        return sum(bool(self.cleaned_data[name]) for name in names)


def _with_blank(blank: str, rows: Callable[[], list]) -> Callable[[], list]:
    return lambda: [("", blank), *rows()]


class ShiftFilterForm(PlaceAndKindForm):
    """What the list of shifts is narrowed to, and where the page begins."""

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

    view = forms.ChoiceField(
        required=False,
        choices=[("month", _("月")), ("week", _("周"))],
        widget=forms.HiddenInput,
    )
    day = DayField(required=False, widget=forms.HiddenInput)

    def clean_view(self) -> str:
        return self.cleaned_data["view"] or "month"

    def clean_day(self) -> date:
        return self.cleaned_data["day"] or timezone.localdate()
