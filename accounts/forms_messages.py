"""What a person says about messages: which, by what, and when not."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Channel, QuietHours
from accounts.notifications.choices import Choices, offered_channels
from accounts.notifications.kinds import Kind, Topic


class TimeOfDayField(forms.TimeField):
    """A time of day, to the minute."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class MessageChoicesForm(forms.Form):
    """A box for each kind and channel, and quiet hours.

    `shown` names the kinds that stood on the page: a box that was not there is no no.
    """

    shown = forms.MultipleChoiceField(required=False)
    on = forms.MultipleChoiceField(required=False)
    is_quiet = forms.BooleanField(
        label=gettext_lazy("这段时间只进收件箱，过后再发"), required=False
    )
    from_time = TimeOfDayField(label=gettext_lazy("从"), required=False)
    until_time = TimeOfDayField(label=gettext_lazy("到"), required=False)

    def __init__(
        self,
        data: object = None,
        *,
        kinds: list[Kind],
        choices: Choices,
        hours: QuietHours,
    ) -> None:
        super().__init__(
            data,
            initial={
                "is_quiet": hours.is_on,
                "from_time": hours.from_time,
                "until_time": hours.until_time,
            },
        )
        self.kinds = kinds
        self.choices = choices
        self.fields["shown"].choices = [(kind.code, kind.label) for kind in kinds]
        self.fields["on"].choices = [(_value(*one), "") for one in choices]
        for name in ("from_time", "until_time"):
            self.fields[name].optional_mark = _("启用时必填")

    def clean(self) -> dict:
        values = super().clean()
        if not self.errors and values["is_quiet"]:
            if values["from_time"] is None or values["until_time"] is None:
                raise ValidationError(_("请填写免打扰的开始和结束时间。"))
            if values["from_time"] == values["until_time"]:
                raise ValidationError(_("免打扰的开始和结束时间不能相同。"))
        return values

    def chosen(self) -> Choices:
        """(Kind, channel) to whether its box was ticked, for those shown."""
        shown, on = set(self.cleaned_data["shown"]), set(self.cleaned_data["on"])
        return {one: _value(*one) in on for one in self.choices if one[0] in shown}

    def topics(self) -> list[dict[str, object]]:
        """The page's sections: heading, kinds with their boxes."""
        ticked = set(self.data.getlist("on")) if self.is_bound else None
        sections = []
        for topic in Topic:
            rows = [
                {"kind": kind, "boxes": self._boxes(kind, ticked)}
                for kind in self.kinds
                if kind.topic == topic
            ]
            if rows:
                sections.append({"topic": topic, "rows": rows})
        return sections

    def _boxes(self, kind: Kind, ticked: set[str] | None) -> list[dict | None]:
        """One for each channel offered; None where the kind does not go that way."""
        boxes: list[dict | None] = []
        for channel in offered_channels():
            if (kind.code, channel.value) not in self.choices:
                boxes.append(None)
                continue
            value = _value(kind.code, channel)
            stored = self.choices[kind.code, channel.value]
            is_on = stored if ticked is None else value in ticked
            boxes.append({"value": value, "label": channel.label, "is_on": is_on})
        return boxes


def _value(kind: str, channel: Channel | str) -> str:
    return f"{kind}:{channel}"
