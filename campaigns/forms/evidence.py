"""Input about photos and documents that prove something, to clean values."""

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.actions.evidence import Target, Words, words_of
from campaigns.models import Evidence, EvidenceFile
from core.fields import DayField, DocumentField, PhotosField, RowsField, TextField
from core.personal_data import refuse_personal_data

WORD_FIELDS = {
    "photo_people": "people",
    "photo_taken_on": "taken_on",
    "photo_place": "place",
    "photo_purpose": "purpose",
    "photo_explanation": "explanation",
}


class CaptionFields(forms.Form):
    """A caption: who, when, where, what for, and up to 500 characters more.

    Source: PRODUCT section 4, evidence.
    """

    photo_people = TextField(
        label=_("照片中的人物"),
        max_length=100,
        validators=[refuse_personal_data],
        help_text=_("例如“支部党员12人和社区居民”。写出姓名须本人同意。"),
    )
    photo_taken_on = DayField(label=_("拍摄日期"))
    photo_place = TextField(
        label=_("拍摄地点"), max_length=100, validators=[refuse_personal_data]
    )
    photo_purpose = TextField(
        label=_("照片事由"), max_length=200, validators=[refuse_personal_data]
    )
    photo_explanation = TextField(
        label=_("照片补充说明"),
        max_length=500,
        required=False,
        multiline=True,
        validators=[refuse_personal_data],
    )

    def words(self) -> Words:
        """What the caption says."""
        cleaned = self.cleaned_data
        named = {word: cleaned.get(field) for field, word in WORD_FIELDS.items()}
        return Words(**{name: value for name, value in named.items() if value})


class FollowingCaptionFields(CaptionFields):
    """The caption of photos given with a record: what is left blank follows it.

    The form that mixes this in has a field `photos`.
    """

    FOLLOWING = ("photo_taken_on", "photo_place", "photo_purpose")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in WORD_FIELDS:
            self.fields[name].required = False
            self.fields[name].widget.is_required = False
        for name in self.FOLLOWING:
            self.fields[name].optional_mark = _("不填则同活动")
        self.fields["photo_people"].optional_mark = _("有照片时必填")

    def clean(self) -> dict:
        """Photos need somebody on them; only the person knows who."""
        cleaned = super().clean()
        if cleaned.get("photos") and not (
            cleaned.get("photo_people") or self.has_error("photo_people")
        ):
            self.add_error("photo_people", _("请写明照片中的人物。"))
        return cleaned

    def words_for(self, target: Target) -> Words:
        """What the caption says, completed from the record."""
        said = {name: value for name, value in vars(self.words()).items() if value}
        return Words(**{**vars(words_of(target)), **said})


class EvidenceForm(CaptionFields):
    """More photos for a record, with one caption to start from."""

    photos = PhotosField(
        label=_("照片"),
        most=settings.PHOTOS_PER_ACTIVITY,
        help_text=_("可一次选多张，JPEG、PNG 或 WebP，每张不超过 10 MB。"),
    )
    field_order = ("photos", *WORD_FIELDS)

    def __init__(self, *args: object, target: Target, **kwargs: object) -> None:
        super().__init__(
            *args,
            initial=_initial(words_of(target)),
            auto_id="evidence_%s",
            **kwargs,
        )

    def is_filled_in(self) -> bool:
        """Whether all but the people is said already and nothing there is wrong."""
        names = FollowingCaptionFields.FOLLOWING
        return all(self[name].value() and not self[name].errors for name in names)


class WordsForm(CaptionFields):
    """The caption of one file, written anew; a document only says what it is."""

    def __init__(self, *args: object, evidence: Evidence, **kwargs: object) -> None:
        words = Words(
            **{word: getattr(evidence, word) for word in WORD_FIELDS.values()}
        )
        super().__init__(
            *args,
            initial=_initial(words),
            auto_id=f"words{evidence.pk}_%s",
            **kwargs,
        )
        if evidence.file.kind == EvidenceFile.Kind.DOCUMENT:
            for name in ("photo_people", "photo_taken_on", "photo_place"):
                del self.fields[name]
            self.fields["photo_purpose"].label = _("这是什么文件")
            self.fields["photo_explanation"].label = _("补充说明")


class DocumentForm(forms.Form):
    """A document as evidence, and what it is."""

    file = DocumentField(
        label=_("文件"), help_text=_("PDF，或拍下的纸质文件，不超过 10 MB。")
    )
    purpose = TextField(
        label=_("这是什么文件"),
        max_length=200,
        validators=[refuse_personal_data],
        help_text=_("例如：通知、签到表、获奖证书。"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="document_%s", **kwargs)


class PickFilterForm(forms.Form):
    """What the photos to choose from are narrowed to."""

    q = TextField(label=_("活动名称"), required=False, max_length=60)


class PickForm(forms.Form):
    """Photos chosen from those already kept."""

    evidence = RowsField(
        label=_("照片"),
        queryset=Evidence.objects.none(),
        error_messages={"required": _("请先勾选照片。")},
    )

    def __init__(self, *args: object, rows: QuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = rows


def _initial(words: Words) -> dict[str, object]:
    return {field: getattr(words, word) for field, word in WORD_FIELDS.items()}
