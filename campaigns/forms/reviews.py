"""Input of the office's decisions to clean values."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from campaigns.actions.reviews import LONGEST_POINT, Point
from campaigns.models import (
    Activity,
    Campaign,
    Evidence,
    EvidenceFile,
    Field,
    Initiative,
    Pillar,
    ReturnReason,
    Review,
)
from campaigns.queries.review_queue import AGES
from campaigns.queries.reviews import INPUT_OF, evidence_numbers
from core.fields import RowsField, TextField
from core.personal_data import refuse_personal_data

MOST_AT_ONCE = 50
LATEST_TURN = 10_000
PART_OF_KIND = {
    EvidenceFile.Kind.PHOTO: Field.PHOTOS,
    EvidenceFile.Kind.DOCUMENT: Field.DOCUMENTS,
}


class RemarkField(TextField):
    """A remark for the author; no personal numbers in it."""

    def __init__(self, **kwargs: object) -> None:
        kwargs.setdefault("max_length", LONGEST_POINT)
        super().__init__(required=False, validators=[refuse_personal_data], **kwargs)


class DecisionForm(forms.Form):
    """Approve or return; a return says what to mend."""

    decision = forms.ChoiceField(
        choices=Review.Decision.choices, widget=forms.HiddenInput
    )
    reasons = RowsField(
        label=_("常用理由"),
        queryset=ReturnReason.objects.filter(is_open=True),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = RemarkField(label=_("退回理由"), multiline=True)
    reasons.optional_mark = _("退回时选")
    reason.optional_mark = _("退回时可补充")

    def points(self) -> list[Point]:
        """What is to be mended, the free text aside."""
        return [Point(row.field, row.text) for row in self.cleaned_data["reasons"]]

    def clean(self) -> dict:
        """A return names something to mend; an approval nothing."""
        cleaned = super().clean()
        if self.errors:
            return cleaned
        points = self.points()
        if cleaned["decision"] == Review.Decision.APPROVED:
            if points:
                self.add_error(
                    None, _("通过时不能附修改意见，请先清除意见，或者退回。")
                )
        elif not points and not cleaned["reason"]:
            self.add_error("reason", _("退回时必须写明理由，可以选用常用理由。"))
        return cleaned


class ReviewForm(DecisionForm):
    """The decision about one activity, with remarks on its parts and its photos."""

    turn = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LATEST_TURN,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: object, activity: Activity, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.evidence: dict[str, Evidence] = {}
        self.fields["turn"].initial = activity.reviews.count()
        for field in _parts_of(activity):
            self.fields[f"remark_{field}"] = RemarkField(label=field.label)
        numbers = evidence_numbers(activity)
        for row in activity.evidence.select_related("file").order_by("pk"):
            name = f"evidence_{row.pk}"
            label = _("%(kind)s %(number)d：%(words)s") % {
                "kind": row.file.get_kind_display(),
                "number": numbers[row.pk],
                "words": row.caption or row.file,
            }
            self.fields[name] = RemarkField(label=label)
            self.evidence[name] = row

    def remarks(self) -> list[forms.BoundField]:
        """Remarks on the parts of the record."""
        return [self[name] for name in self.fields if name.startswith("remark_")]

    def evidence_remarks(self) -> list[forms.BoundField]:
        """Remarks on single photos and files."""
        return [self[name] for name in self.evidence]

    def has_remarks(self) -> bool:
        """Whether some were written or are wrong, so that they must be seen."""
        fields = [*self.remarks(), *self.evidence_remarks()]
        return any(field.value() or field.errors for field in fields)

    def points(self) -> list[Point]:
        """Reasons chosen, then remarks on parts, then on photos."""
        said = [
            Point(field.value, self.cleaned_data[f"remark_{field}"])
            for field in Field
            if self.cleaned_data.get(f"remark_{field}")
        ]
        shown = [
            Point(PART_OF_KIND[row.file.kind], self.cleaned_data[name], row.pk)
            for name, row in self.evidence.items()
            if self.cleaned_data[name]
        ]
        return [*super().points(), *said, *shown]


def _parts_of(activity: Activity) -> list[Field]:
    """The parts this record has; the free text stands for all else."""
    left_out = {Field.OTHER}
    if not hasattr(activity, "study"):
        left_out.add(Field.STUDY)
    if not hasattr(activity, "deed"):
        left_out.add(Field.DEED)
    return [field for field in Field if field not in left_out]


class ChosenField(forms.Field):
    """Activities ticked in the queue; cleans to pairs of number and turn."""

    widget = forms.MultipleHiddenInput
    default_error_messages = {
        "required": _("还没有勾选活动，请回到审核队列勾选。"),
        "invalid": _("勾选的内容有误，请回到审核队列重新勾选。"),
        "too_many": _("一次最多处理 %(most)d 项，请分几次勾选。"),
    }

    def to_python(self, value: object) -> list[tuple[int, int]]:
        pairs = []
        for written in value or []:
            match = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,5})", str(written), re.ASCII)
            if match is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            pairs.append((int(match[1]), int(match[2])))
        if len(pairs) > MOST_AT_ONCE:
            raise ValidationError(
                self.error_messages["too_many"],
                code="too_many",
                params={"most": MOST_AT_ONCE},
            )
        return list(dict(pairs).items())


class ChosenForm(forms.Form):
    """What the queue asks to decide alike; `back` holds the queue's filters."""

    decision = forms.ChoiceField(
        choices=Review.Decision.choices, widget=forms.HiddenInput
    )
    chosen = ChosenField()
    back = TextField(required=False, max_length=1000, widget=forms.HiddenInput)


class SeveralForm(ChosenForm, DecisionForm):
    """The same with the reasons that apply to all."""


class ReviewFilterForm(forms.Form):
    """What the queue is narrowed to, by the address."""

    q = TextField(label=_("活动名称"), required=False, max_length=60)
    organization = TextField(label=_("党组织"), required=False, max_length=50)
    pillar = forms.ModelChoiceField(
        label=_("板块"),
        queryset=Pillar.objects.all(),
        required=False,
        empty_label=_("全部板块"),
    )
    initiative = forms.ModelChoiceField(
        label=_("举措"), queryset=Initiative.objects.all(), required=False
    )
    campaign = forms.ModelChoiceField(
        label=_("行动"),
        queryset=Campaign.objects.exclude(state=Campaign.State.PLANNED),
        required=False,
        empty_label=_("全部行动"),
    )
    age = forms.TypedChoiceField(
        label=_("等待时间"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("不限")),
            *((days, _("超过 %(days)d 天") % {"days": days}) for days in AGES),
        ],
    )
    order = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[("", _("先提交的在前")), ("newest", _("后提交的在前"))],
    )
    only_joint = forms.BooleanField(label=_("只看联办活动"), required=False)
    only_addendum = forms.BooleanField(label=_("只看补充台账"), required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organization"].widget.attrs["placeholder"] = _(
            "名称、拼音或首字母"
        )
        self.fields["initiative"].choices = _initiatives_by_pillar()

    @property
    def active_count(self) -> int:
        """How many filters are set, the order aside."""
        values = {**self.cleaned_data, "order": ""}
        return sum(bool(value) for value in values.values())


def _initiatives_by_pillar() -> list[tuple]:
    """All initiatives, closed ones too: what waits may be under one of them."""
    groups: dict[str, list] = {}
    for row in Initiative.objects.select_related("pillar"):
        groups.setdefault(row.pillar.title, []).append((row.pk, row.title))
    return [("", _("全部举措")), *groups.items()]


def show_points(form: forms.Form, points: dict[str, list[str]]) -> list[str]:
    """Put what is to be mended beside the inputs that mend it.

    Takes what points_by_field says; returns the remarks that have no input there.
    """
    rest = []
    for field, texts in points.items():
        name = INPUT_OF.get(Field(field))
        if name is None:
            label = Field(field).label
            is_other = field == Field.OTHER
            rest += [text if is_other else f"{label}：{text}" for text in texts]
        else:
            remarks = [_("审核意见：%(text)s") % {"text": text} for text in texts]
            form.fields[name].remarks = remarks
    return rest
