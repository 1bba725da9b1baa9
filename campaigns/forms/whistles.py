"""Input about whistles to clean values: what the community writes and decides."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import Whistle, WhistleCategory
from campaigns.queries.whistle_pages import paired_units
from communities.models import Community, Organization
from communities.permissions import Permission, memberships_with
from core.fields import DayField, PhotosField, TextField, UnrememberedInput
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data
from core.phones import normalize_phone
from core.working_days import CalendarMissing
from core.working_hours import end_of_work, working_minutes_between

WORDS = {"validators": [refuse_personal_data]}
MOST_PEOPLE = 1000
STREET = "street"
GRANT, REFUSE = "grant", "refuse"


class WhistleForm(MergingFormMixin, forms.ModelForm):
    """A whistle of one of the user's communities.

    How to reach the resident is never shown again in a form: left blank it stays,
    given anew it replaces what was there.
    """

    title = TextField(
        label=_("事由"),
        max_length=60,
        help_text=_("一句话说清什么事，不写居民姓名，例如“楼道堆物堵住消防通道”。"),
        **WORDS,
    )
    place = TextField(label=_("地点"), max_length=100, **WORDS)
    text = TextField(
        label=_("情况说明"),
        max_length=500,
        multiline=True,
        help_text=_("写明现状和要求，不写居民的姓名、电话和身份证号。"),
        **WORDS,
    )
    needs_people = forms.IntegerField(
        label=_("需要人手（人）"), min_value=1, max_value=MOST_PEOPLE, required=False
    )
    needs_things = TextField(
        label=_("需要物资"), max_length=200, required=False, **WORDS
    )
    needs_skill = TextField(
        label=_("需要专业"),
        max_length=200,
        required=False,
        help_text=_("如：水电、法律、心理。"),
        **WORDS,
    )
    wanted_by = DayField(
        label=_("希望办结日期"),
        required=False,
        help_text=_("不填则按类别和紧急程度的办理时限。"),
    )
    resident_name = TextField(
        label=_("居民称呼"),
        max_length=30,
        required=False,
        widget=UnrememberedInput(),
        **WORDS,
    )
    resident_phone = TextField(
        label=_("居民电话"), max_length=20, required=False, widget=UnrememberedInput()
    )
    resident_consented = forms.BooleanField(
        label=_("居民已同意提供联系方式"), required=False
    )
    forgets_contact = forms.BooleanField(
        label=_("删去已登记的联系方式"), required=False
    )

    class Meta:
        model = Whistle
        fields = [
            "community",
            "category",
            "urgency",
            "title",
            "place",
            "text",
            "needs_people",
            "needs_things",
            "needs_skill",
            "wanted_by",
            "resident_name",
            "resident_phone",
            "resident_consented",
        ]
        widgets = {"urgency": forms.RadioSelect}

    NEEDS = ("needs_people", "needs_things", "needs_skill", "wanted_by")
    CONTACT = ("resident_name", "resident_phone", "resident_consented")

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.had_contact = self.instance.has_contact
        if not self.had_contact:
            del self.fields["forgets_contact"]
        for name in self.CONTACT:
            self.fields[name].show_hidden_initial = False
            self.initial.pop(name, None)
        self.fields["resident_consented"].optional_mark = _("填写联系方式时必选")
        categories = WhistleCategory.objects.filter(is_open=True)
        if self.instance.pk is not None:
            categories |= WhistleCategory.objects.filter(pk=self.instance.category_id)
        self.fields["category"].queryset = categories
        self.fields["category"].empty_label = _("请选择")
        if self.instance.pk is not None:
            del self.fields["community"]
            return
        held = memberships_with(user, Permission.WHISTLE_BLOW)
        own = [membership.community_id for membership in held]
        communities = Community.objects.standing().filter(pk__in=own)
        self.fields["community"].queryset = communities
        self.fields["community"].empty_label = None

    def basics(self) -> list[forms.BoundField]:
        """What every whistle says."""
        apart = {*self.NEEDS, *self.CONTACT, "forgets_contact"}
        return [self[name] for name in self.fields if name not in apart]

    def needs(self) -> list[forms.BoundField]:
        """What is needed."""
        return [self[name] for name in self.NEEDS]

    def contact(self) -> list[forms.BoundField]:
        """How to reach the resident."""
        names = (*self.CONTACT, "forgets_contact")
        return [self[name] for name in names if name in self.fields]

    def has_contact(self) -> bool:
        """Whether something there is filled in or wrong, so that it must be seen."""
        return any(field.errors or field.value() for field in self.contact())

    def clean_wanted_by(self) -> date | None:
        """A day to come, unless it stands there already; its working hours are known.

        Else no unit could accept: the clock to handle it runs to that day.
        """
        day = self.cleaned_data["wanted_by"]
        if day is None or "wanted_by" not in self.changed_data:
            return day
        if day < timezone.localdate():
            raise ValidationError(_("希望办结日期不能早于今天。"))
        try:
            working_minutes_between(timezone.now(), end_of_work(day))
        except CalendarMissing as error:
            raise ValidationError(str(error)) from error
        return day

    def clean_resident_phone(self) -> str:
        """One stored form of a telephone number."""
        phone = self.cleaned_data["resident_phone"]
        return normalize_phone(phone) if phone else ""

    def clean(self) -> dict:
        """A contact needs the resident's consent; none given, there is none to."""
        cleaned = super().clean()
        self.is_given = bool(
            cleaned.get("resident_name") or cleaned.get("resident_phone")
        )
        if self.is_given and not cleaned.get("resident_consented"):
            self.add_error(
                "resident_consented",
                _("留居民联系方式须经本人同意，请问过本人再勾选。"),
            )
        if self.is_given and cleaned.get("forgets_contact"):
            self.add_error("forgets_contact", _("已填写新的联系方式，不用再删去。"))
        if not self.is_given:
            cleaned["resident_consented"] = False
        return cleaned

    def changed_values(self) -> dict[str, object]:
        """The values the user changed; of the contact all or nothing."""
        values = super().changed_values()
        forgets = self.cleaned_data.get("forgets_contact")
        for name in self.CONTACT:
            values.pop(name, None)
            if self.is_given or forgets:
                values[name] = self.cleaned_data[name]
        return values


class WhistlePhotoForm(forms.Form):
    """Photos of the place."""

    photos = PhotosField(
        label=_("现场照片"),
        most=Whistle.MOST_PHOTOS,
        help_text=_("可一次选多张，JPEG、PNG 或 WebP，每张不超过 10 MB。"),
    )


class IssueForm(forms.Form):
    """To whom a whistle goes: the street, or a unit paired with the community."""

    to = forms.ChoiceField(
        label=_("发给"),
        widget=forms.RadioSelect,
        initial=STREET,
        error_messages={"invalid_choice": _("该单位现在没有与本社区结对，请重选。")},
    )

    def __init__(
        self, *args: object, whistle: Whistle, day: date, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        pairings = paired_units(whistle.community, day)
        self.units = {str(row.organization_id): row.organization for row in pairings}
        self.fields["to"].choices = [
            (STREET, _("交街道派单")),
            *((str(row.organization_id), _unit_label(row)) for row in pairings),
        ]

    @property
    def organization(self) -> Organization | None:
        """The unit chosen; None is the street."""
        return self.units.get(self.cleaned_data["to"])


def _unit_label(pairing: object) -> str:
    name = str(pairing.organization)
    return _("%(unit)s（牵头单位）") % {"unit": name} if pairing.is_lead else name


class WithdrawForm(forms.Form):
    """Why a whistle is withdrawn."""

    reason = TextField(label=_("撤回理由"), max_length=200, multiline=True, **WORDS)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="withdraw_%s", **kwargs)


class ReopenForm(forms.Form):
    """Why what was delivered does not do."""

    reason = TextField(
        label=_("哪里还没有办好"), max_length=200, multiline=True, **WORDS
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id="reopen_%s", **kwargs)


class RateForm(forms.Form):
    """The community's word on what was delivered."""

    resolution = forms.ChoiceField(
        label=_("是否解决"),
        choices=Whistle.Resolution.choices,
        widget=forms.RadioSelect,
    )
    is_satisfied = forms.TypedChoiceField(
        label=_("是否满意"),
        choices=[("yes", _("满意")), ("no", _("不满意"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=_("补充意见"), max_length=300, required=False, multiline=True, **WORDS
    )


class ExtensionAnswerForm(forms.Form):
    """Whether the unit gets more time."""

    decision = forms.ChoiceField(
        label=_("答复"),
        choices=[(GRANT, _("同意延期")), (REFUSE, _("不同意"))],
        widget=forms.RadioSelect,
    )
    answer = TextField(
        label=_("答复说明"), max_length=200, required=False, multiline=True, **WORDS
    )

    def __init__(self, *args: object, extension: object, **kwargs: object) -> None:
        super().__init__(*args, auto_id=f"extension{extension.pk}_%s", **kwargs)
        self.fields["answer"].optional_mark = _("不同意时必填")

    def clean(self) -> dict:
        cleaned = super().clean()
        lacks = not cleaned.get("answer") and not self.has_error("answer")
        if cleaned.get("decision") == REFUSE and lacks:
            self.add_error("answer", _("不同意延期的，请说明理由。"))
        return cleaned
