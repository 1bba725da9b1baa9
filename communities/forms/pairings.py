"""Input about pairings and the notices that make them."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from communities.forms.filters import PlaceFilterForm
from communities.imports.pairings import SourceRow, read_pairings
from core.errors import RuleError
from core.fields import DayField, TextField

FILE_NAME_LENGTH = 200


class NoticeFileField(forms.FileField):
    """A spreadsheet with pairings; cleans to its name and its rows as read."""

    widget = forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"})

    def clean(
        self, data: object, initial: object = None
    ) -> tuple[str, list[SourceRow]]:
        upload: UploadedFile = super().clean(data, initial)
        try:
            rows = read_pairings(upload, filename=upload.name)
        except RuleError as error:
            raise forms.ValidationError(str(error)) from error
        name = "".join(filter(str.isprintable, upload.name))
        return name[-FILE_NAME_LENGTH:], rows


class PairingNoticeForm(forms.Form):
    """A notice to publish: the file, its number and the day it takes effect."""

    file = NoticeFileField(
        label=_("结对安排表"),
        allow_empty_file=True,
        help_text=_("Excel（.xlsx、.xls）或 CSV，不超过 5 MB、5000 行。"),
    )
    number = TextField(label=_("文号"), max_length=60)
    starts_on = DayField(label=_("生效日期"))


class PairingFilterForm(PlaceFilterForm):
    """Narrows the list of pairings; without a day it shows those of today."""

    text = TextField(label=_("单位或社区"), max_length=50, required=False)
    day = DayField(label=_("截至日期"), required=False)
    field_order = ["text", "street", "day"]
