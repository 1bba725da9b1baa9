"""Form fields for what people here write: moments, days, clean text, files."""

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import RuleError
from core.text import clean_text
from core.uploads import (
    CheckedDocument,
    CheckedPhoto,
    check_document,
    check_photo,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100


def _check_year(value: date | datetime | None) -> None:
    if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValidationError(_("年份须在 2000 至 2100 之间。"))


class MomentField(forms.DateTimeField):
    """A date with a time of day, in Beijing; cleans to an aware datetime."""

    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
    )

    def to_python(self, value: object) -> datetime | None:
        try:
            moment = super().to_python(value)
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid"]) from error
        _check_year(moment)
        return moment


class DayField(forms.DateField):
    """A day of the calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value: object) -> date | None:
        day = super().to_python(value)
        _check_year(day)
        return day


class TextField(forms.CharField):
    """Text without invisible control characters; `multiline` keeps line breaks."""

    def __init__(self, *, multiline: bool = False, **kwargs: object) -> None:
        self.multiline = multiline
        if multiline:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5}))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return clean_text(text, multiline=self.multiline) if text else text


class UnrememberedInput(forms.TextInput):
    """For what is somebody else's: no browser offers it again on a shared computer."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})


class RowsField(forms.ModelMultipleChoiceField):
    """A few rows, by number."""

    def clean(self, value: object) -> QuerySet:
        """Numbers only: one beyond int8 must not reach the database."""
        asked = [str(one) for one in value or ()]
        for one in asked:
            if not (one.isascii() and one.isdecimal() and len(one) < 19):
                raise ValidationError(
                    self.error_messages["invalid_choice"], params={"value": one[:20]}
                )
        return super().clean(asked)


class MultipleFileInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several photos; cleans to a list of CheckedPhoto, decoded and written anew."""

    widget = MultipleFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})

    def __init__(self, *, most: int, **kwargs: object) -> None:
        self.most = most
        # check_photo refuses an empty file too, and by its name.
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: object, initial: object = None) -> list[CheckedPhoto]:
        uploads = [upload for upload in data or [] if upload is not None]
        if not uploads:
            if self.required:
                raise ValidationError(self.error_messages["required"])
            return []
        if len(uploads) > self.most:
            raise ValidationError(
                _("一次最多上传 %(most)d 张照片。"), params={"most": self.most}
            )
        return [self._checked(upload) for upload in uploads]

    def _checked(self, upload: UploadedFile) -> CheckedPhoto:
        upload = super().clean(upload)
        try:
            return check_photo(upload)
        except RuleError as error:
            raise ValidationError(str(error)) from error


class DocumentField(forms.FileField):
    """A PDF or a photo of a document; cleans to a CheckedDocument, or None."""

    widget = forms.FileInput(
        attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}
    )

    def __init__(self, **kwargs: object) -> None:
        # check_document refuses an empty file too, and by its name.
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: object, initial: object = None) -> CheckedDocument | None:
        upload = super().clean(data, None)
        if upload is None:
            return None
        try:
            return check_document(upload)
        except RuleError as error:
            raise ValidationError(str(error)) from error
