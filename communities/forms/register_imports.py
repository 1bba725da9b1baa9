"""Input about files of registers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.imports.divisions import read_divisions
from communities.imports.organizations import read_organizations
from communities.models import RegisterImport
from core.errors import RuleError
from core.fields import DayField

FILE_NAME_LENGTH = 200


class RegisterFileForm(forms.Form):
    """A spreadsheet of a register, and since when its changes hold."""

    file = forms.FileField(
        label=_("文件"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv"}),
        help_text=_("表格文件（.xlsx、.xls、.csv），不超过 5 MB、5000 行。"),
    )
    effective_on = DayField(
        label=_("生效日期"),
        required=False,
        help_text=_("变动自这一天起生效，不能晚于今天。"),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean_file(self) -> tuple[str, Any, list]:
        """The name, the lines and what cannot be read of them."""
        upload = self.cleaned_data["file"]
        name = "".join(filter(str.isprintable, upload.name))[-FILE_NAME_LENGTH:]
        try:
            if self.kind == RegisterImport.Kind.ORGANIZATIONS:
                lines, problems = read_organizations(upload, filename=upload.name)
            else:
                lines = read_divisions(upload, filename=upload.name)
                problems = lines.problems
        except RuleError as error:
            raise forms.ValidationError(str(error)) from error
        return name, lines, problems


class RegisterConfirmForm(forms.Form):
    """Yes to what a file would do: the comparison that was looked at."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
