"""What the form of an activity asks for study sessions and deeds alone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.models import Deed, Initiative, StudySession
from core.fields import DayField, TextField

STUDY = ("topic", "host", "names")
DEED = ("promise", "promised_for", "done_on", "result")
LONGEST_NAME = 50


class NamesField(TextField):
    """Names, one a line; cleans to the same without blanks and doubles."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        names = list(dict.fromkeys(line.strip() for line in text.split("\n")))
        if any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(_("每行写一个姓名，每个不超过 50 字。"))
        return "\n".join(name for name in names if name)


class DetailFields(forms.Form):
    """Fields of study sessions and deeds; only those of the initiative's kind count.

    The form that mixes this in is one of an activity, with a field `initiative`.
    """

    topic = TextField(label=_("学习主题"), max_length=100, required=False)
    host = TextField(label=_("主持人"), max_length=50, required=False)
    names = NamesField(
        label=_("记名的参加者"),
        max_length=2000,
        required=False,
        multiline=True,
        help_text=_(
            "可以不记名，只填参加人数。记名的每行一人，只写本人同意的；"
            "姓名只有本单位和联办单位的记录人能看到，不进入任何报表。"
        ),
    )
    names_agreed = forms.BooleanField(label=_("以上人员均同意记名"), required=False)
    promise = TextField(label=_("承诺事项"), max_length=200, required=False)
    promised_for = DayField(label=_("承诺完成日期"), required=False)
    done_on = DayField(label=_("实际完成日期"), required=False)
    result = TextField(
        label=_("办理结果"), max_length=500, required=False, multiline=True
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for model, names in ((StudySession, STUDY), (Deed, DEED)):
            held = None
            if self.instance.pk is not None:
                held = model.objects.filter(activity=self.instance.pk).first()
            for name in names if held else ():
                self.initial.setdefault(name, getattr(held, name))
        for name in ("topic", "host", "done_on", "result"):
            self.fields[name].optional_mark = _("提交审核前必填")
        for name in ("promise", "promised_for"):
            self.fields[name].optional_mark = _("办实事的必填")

    def study(self) -> list[forms.BoundField]:
        """What a study session says."""
        return [self[name] for name in (*STUDY, "names_agreed")]

    def deed(self) -> list[forms.BoundField]:
        """What a deed says."""
        return [self[name] for name in DEED]

    def has_study(self) -> bool:
        """Whether the part must be seen at once: it fits, or something is wrong."""
        return self._is_shown(Initiative.Kind.STUDY, self.study())

    def has_deed(self) -> bool:
        """The same for deeds."""
        return self._is_shown(Initiative.Kind.DEED, self.deed())

    def changed_details(self, names: tuple[str, ...]) -> dict[str, Any]:
        """The values among `names` that the user changed."""
        changed = set(self.changed_data)
        return {name: self.cleaned_data[name] for name in names if name in changed}

    def clean(self) -> dict:
        """Names need a tick and people; a promise needs its day, an end its result."""
        cleaned = super().clean()
        initiative = cleaned.get("initiative")
        if initiative and initiative.kind == Initiative.Kind.STUDY:
            self._clean_names(cleaned)
        if initiative and initiative.kind == Initiative.Kind.DEED:
            self._clean_deed(cleaned)
        return cleaned

    def _clean_names(self, cleaned: dict) -> None:
        names = cleaned.get("names")
        if not names:
            return
        if "names" in self.changed_data and not cleaned.get("names_agreed"):
            self.add_error("names_agreed", _("记名须经本人同意，请勾选确认。"))
        number, count = len(names.split("\n")), cleaned.get("participant_count")
        if count is not None and number > count:
            self.add_error("names", _("记名的人数不能多于参加人数。"))

    def _clean_deed(self, cleaned: dict) -> None:
        given = {name for name in DEED if cleaned.get(name)}
        wanted = {"promise", "promised_for"} if given else set()
        if "done_on" in given:
            wanted.add("result")
        texts = {
            "promise": _("请写明承诺事项。"),
            "promised_for": _("请填写承诺完成日期。"),
            "result": _("填写完成日期时须写明办理结果。"),
        }
        for name in texts:
            if name in wanted - given and not self.has_error(name):
                self.add_error(name, texts[name])

    def _is_shown(self, kind: str, fields: list[forms.BoundField]) -> bool:
        return self.kind_now() == kind or any(field.errors for field in fields)

    def kind_now(self) -> str:
        """The kind of the initiative that stands in the form; "" when none does."""
        return self.kinds.get(str(self["initiative"].value() or ""), "")
