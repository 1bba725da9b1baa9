"""Input about certificates: for which days, and which number to check."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.fields import DayField, TextField

ALL, DAYS = "all", "days"


class CertificateForm(forms.Form):
    """The days to certify: all, one year, or from one day to another.

    `days` are the first and the last with confirmed hours. Cleans to `from_on` and
    `until_on`, never beyond `today`.
    """

    period = forms.ChoiceField(label=_("时间范围"))
    from_on = DayField(label=_("起始日期"), required=False)
    until_on = DayField(label=_("截止日期"), required=False)

    def __init__(
        self, *args: Any, days: tuple[date, date], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.days, self.today = days, today
        for name in ("from_on", "until_on"):
            self.fields[name].optional_mark = _("自选日期时填写")
        first, last = days[0].year, days[1].year
        years = [str(year) for year in range(last, first - 1, -1)]
        self.fields["period"].choices = [
            (ALL, _("全部已确认的时长")),
            *[(year, _("%(year)s 年") % {"year": year}) for year in years],
            (DAYS, _("自选日期")),
        ]

    def clean(self) -> dict[str, Any]:
        """Turn the choice into days; a year that is not over ends today."""
        cleaned = super().clean()
        period = cleaned.get("period", "")
        if period == ALL:
            cleaned |= {"from_on": self.days[0], "until_on": self.today}
        elif period.isdecimal():
            year = int(period)
            ends_on = min(date(year, 12, 31), self.today)
            cleaned |= {"from_on": date(year, 1, 1), "until_on": ends_on}
        elif period == DAYS and not self.errors:
            self._check_days(cleaned)
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        for name in ("from_on", "until_on"):
            if cleaned.get(name) is None:
                self.add_error(name, _t("请填写日期。"))
        if self.errors:
            return
        if cleaned["until_on"] < cleaned["from_on"]:
            self.add_error("until_on", _t("截止日期不能早于起始日期。"))
        elif cleaned["until_on"] > self.today:
            self.add_error("until_on", _t("截止日期不能晚于今天。"))


class NumberForm(forms.Form):
    """The number on a certificate, however it is typed."""

    number = TextField(
        label=_("证明编号"),
        max_length=60,
        help_text=_("印在证明上方，例如 XC2026-7K4M-P9QT；大小写、空格和横线不影响。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
