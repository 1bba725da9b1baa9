"""Input of the street or the office about a whistle, to clean values."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from campaigns.models import Whistle, WhistleResponse
from campaigns.queries.whistle_suggestions import (
    Suggestion,
    chosen_units,
    found_units,
    suggested_units,
)
from communities.models import Organization
from core.fields import RowsField, TextField
from core.personal_data import refuse_personal_data

WORDS = {"validators": [refuse_personal_data]}


class SearchFields(forms.Form):
    """A form with a list that may be searched before it is sent."""

    q = TextField(label=_("查找"), max_length=50, required=False)

    def search_text(self) -> str:
        """What is looked for; "" when it is not fit to be, sent or not."""
        try:
            return self.fields["q"].clean(self["q"].value() or "").strip()
        except ValidationError:
            return ""


class DispatchForm(SearchFields):
    """Who is asked to answer, and what they should know."""

    organizations = RowsField(
        label=_("派给"),
        queryset=Organization.objects.none(),
        error_messages={
            "required": _("请至少选择一个党组织。"),
            "invalid_choice": _("所选党组织已在办理之列或已停用，请重新选择。"),
        },
    )
    note = TextField(
        label=_("派单说明"), max_length=200, required=False, multiline=True, **WORDS
    )

    def __init__(self, *args: object, whistle: Whistle, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.whistle = whistle
        live = WhistleResponse.objects.live().filter(whistle=whistle)
        rows = Organization.objects.filter(state=Organization.State.ACTIVE)
        self.fields["organizations"].queryset = rows.exclude(
            pk__in=live.order_by().values("organization")
        )
        self.fields["note"].widget.attrs["rows"] = 3

    def listed(self, day: date) -> list[tuple[Suggestion, bool]]:
        """What the list shows, with what is ticked; works on whatever was sent.

        Ticked ones beyond the suggestions come first; with a search the suggestions
        that match, then other organisations.
        """
        ticked = self._ticked()
        suggested = suggested_units(self.whistle, day)
        shown = {one.organization.pk for one in suggested}
        first = chosen_units(self.whistle, ticked - shown) if ticked - shown else []
        if wanted := self.search_text():
            suggested = [
                one
                for one in suggested
                if one.organization.pk in ticked or _matches(one.organization, wanted)
            ]
            others = found_units(self.whistle, wanted, without=shown | ticked)
            suggested += others
        return [
            (one, one.organization.pk in ticked and not one.is_asked)
            for one in [*first, *suggested]
        ]

    def _ticked(self) -> set[int]:
        values = self["organizations"].value() or ()
        return {
            int(str(one))
            for one in values
            if str(one).isascii() and str(one).isdecimal() and len(str(one)) < 19
        }


def _matches(row: Organization, wanted: str) -> bool:
    names = (row.name, row.unit_name, row.pinyin, row.initials)
    return any(wanted.lower() in name.lower() for name in names)


class SendBackForm(forms.Form):
    """Why a whistle goes back to its community."""

    reason = TextField(
        label=_("退回理由"),
        max_length=200,
        multiline=True,
        help_text=_("请写明社区须补充或更正什么。"),
        **WORDS,
    )


class ReleaseForm(forms.Form):
    """Why an organisation is let go."""

    reason = TextField(label=_("解除理由"), max_length=200, multiline=True, **WORDS)


class MergeForm(SearchFields):
    """Which whistle goes on for this one as well, and why."""

    into = forms.ModelChoiceField(
        label=_("并入"),
        queryset=Whistle.objects.none(),
        error_messages={
            "required": _("请选择并入哪一单。"),
            "invalid_choice": _("所选的一单已不在办理中，请重新选择。"),
        },
    )
    reason = TextField(label=_("并单理由"), max_length=200, multiline=True, **WORDS)

    def __init__(self, *args: object, targets: QuerySet, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = targets
        self.fields["reason"].widget.attrs["rows"] = 3
