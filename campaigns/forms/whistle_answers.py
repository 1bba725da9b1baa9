"""Input of the units that answer a whistle, to clean values."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.actions.whistle_photos import MOST_AN_ENTRY
from campaigns.models import WhistleResponse
from core.dates import day_text
from core.fields import DayField, PhotosField, TextField
from core.personal_data import refuse_personal_data
from core.working_days import CalendarMissing
from core.working_hours import end_of_work, working_minutes_between

WORDS = {"validators": [refuse_personal_data]}


class ReturnForm(forms.Form):
    """Why an organisation gives a whistle back."""

    reason = TextField(
        label=_("退单理由"),
        max_length=200,
        multiline=True,
        help_text=_("例如：不属于本单位职责、人手或专业不够。社区和街道都会看到。"),
        **WORDS,
    )


class WorkForm(forms.Form):
    """What was done, with up to three photos.

    With scripts only the part `words_id` is renewed when something was wrong, so that
    chosen photos are not lost: no browser fills a file field in anew.
    """

    text = TextField(label=_("办理情况"), max_length=500, multiline=True, **WORDS)
    photos = PhotosField(
        label=_("照片"),
        most=MOST_AN_ENTRY,
        required=False,
        help_text=_("最多 3 张，JPEG、PNG 或 WebP，每张不超过 10 MB。"),
    )
    NAME = "work"

    def __init__(
        self, *args: object, response: WhistleResponse, **kwargs: object
    ) -> None:
        super().__init__(*args, auto_id=f"{self.NAME}{response.pk}_%s", **kwargs)
        self.fields["text"].widget.attrs["rows"] = 3

    @property
    def words_id(self) -> str:
        """Name of the part of the form without its photos."""
        return self.auto_id % "words"

    def say_photos_are_gone(self) -> None:
        """Tell who has no scripts that the photos have to be chosen again."""
        if self.files.getlist("photos") and not self.has_error("photos"):
            self.add_error("photos", _("照片没有保存，改好文字后请重新选择。"))


class LogForm(WorkForm):
    """What was done so far."""

    NAME = "log"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = _("做了什么、还差什么，不写居民的姓名和电话。")


class DeliverForm(WorkForm):
    """What came of it."""

    NAME = "deliver"

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("办理结果")
        self.fields["text"].help_text = _("怎样解决的、还有什么要社区留意。")


class ExtensionForm(forms.Form):
    """Until when, and why."""

    until = DayField(label=_("延期到"))
    reason = TextField(label=_("延期理由"), max_length=200, multiline=True, **WORDS)

    def __init__(
        self, *args: object, response: WhistleResponse, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        if response.due_at is not None:
            self.fields["until"].help_text = _("现在的办理期限是%(day)s。") % {
                "day": day_text(response.due_at)
            }

    def clean_until(self) -> date:
        """A day to come, and one whose working hours are known."""
        day = self.cleaned_data["until"]
        if day < timezone.localdate():
            raise ValidationError(_("延期日期不能早于今天。"))
        try:
            working_minutes_between(timezone.now(), end_of_work(day))
        except CalendarMissing as error:
            raise ValidationError(str(error)) from error
        return day
