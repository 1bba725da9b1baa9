"""Input about activities to clean values."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.forms.evidence import WORD_FIELDS, FollowingCaptionFields
from campaigns.models import Activity, Campaign, Initiative
from communities.choices import community_choices, offered_communities
from communities.permissions import Permission, organizations_for
from core.fields import MomentField, PhotosField, TextField
from core.merging import MergingFormMixin


class ActivityForm(MergingFormMixin, FollowingCaptionFields, forms.ModelForm):
    """An activity's record; the initiative decides the pillar."""

    title = TextField(label=_("活动名称"), max_length=60)
    initiative = forms.ModelChoiceField(
        label=_("板块和举措"),
        queryset=Initiative.objects.filter(is_open=True).select_related("pillar"),
    )
    starts_at = MomentField(label=_("开始时间"))
    ends_at = MomentField(label=_("结束时间"))
    place = TextField(label=_("地点"), max_length=100)
    text = TextField(
        label=_("活动说明"),
        max_length=500,
        required=False,
        multiline=True,
        help_text=_("做了什么、谁参加、效果如何，500字以内。"),
    )
    insurance = TextField(label=_("保险"), max_length=200, required=False)
    safety_briefing = TextField(
        label=_("安全须知"), max_length=500, required=False, multiline=True
    )
    contact_name = TextField(label=_("联系人"), max_length=50, required=False)
    contact_phone = TextField(label=_("联系电话"), max_length=20, required=False)
    photos = PhotosField(
        label=_("现场照片"),
        most=settings.PHOTOS_PER_ACTIVITY,
        required=False,
        help_text=_("可一次选多张，JPEG、PNG 或 WEBP，每张不超过 10 MB。"),
    )

    class Meta:
        model = Activity
        fields = [
            "organization",
            "campaign",
            "initiative",
            "second_pillar",
            "title",
            "starts_at",
            "ends_at",
            "place",
            "community",
            "text",
            "participant_count",
            "photos",
            "contact_name",
            "contact_phone",
            "risk",
            "insurance",
            "safety_briefing",
            "is_public",
        ]

    derived = {"initiative": ("pillar", "counts_as_service")}
    BASICS = (
        "organization",
        "campaign",
        "initiative",
        "title",
        "starts_at",
        "ends_at",
        "place",
        "community",
        "text",
    )
    HELD = ("participant_count", "photos", *WORD_FIELDS)
    MORE = (
        "contact_name",
        "contact_phone",
        "risk",
        "insurance",
        "safety_briefing",
        "second_pillar",
        "is_public",
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        organizations = organizations_for(user, Permission.ACTIVITY_RECORD)
        self.fields["organization"].queryset = organizations
        self.fields["organization"].empty_label = None
        campaigns = Campaign.objects.filter(
            state__in=[Campaign.State.ACTIVE, Campaign.State.CLOSING]
        )
        self.fields["campaign"].queryset = campaigns
        self.fields["campaign"].empty_label = None
        self.fields["initiative"].choices = _initiative_choices()
        held = self.instance.community_id
        self.fields["community"].queryset = offered_communities(keep=held)
        self.fields["community"].choices = community_choices(
            paired_with=organizations, keep=held
        )
        self.fields["participant_count"].max_value = 100_000
        self.fields["second_pillar"].empty_label = _("没有")
        for name in ("text", "photos"):
            self.fields[name].optional_mark = _("提交审核前必填")

    def basics(self) -> list[forms.BoundField]:
        """What every activity says: who, what, when and where."""
        return [self[name] for name in self.BASICS]

    def held(self) -> list[forms.BoundField]:
        """What is known once it was held."""
        return [self[name] for name in self.HELD]

    def more(self) -> list[forms.BoundField]:
        """What most activities leave as it is."""
        return [self[name] for name in self.MORE]

    def has_more(self) -> bool:
        """Whether something there is filled in or wrong, so that it must be seen."""
        plain = {"risk": Activity.Risk.LOW, "is_public": True}
        return any(
            self[name].errors or (self[name].value() or "") != plain.get(name, "")
            for name in self.MORE
        )

    def clean_participant_count(self) -> int | None:
        """A number a gathering can have."""
        count = self.cleaned_data["participant_count"]
        if count is not None and count > 100_000:
            raise forms.ValidationError(_("参加人数过大，请核对。"))
        return count

    def clean(self) -> dict:
        """The pillar follows the initiative; the end comes after the start."""
        cleaned = super().clean()
        if initiative := cleaned.get("initiative"):
            cleaned["pillar"] = self.instance.pillar = initiative.pillar
            cleaned["counts_as_service"] = initiative.counts_as_service
            self.instance.counts_as_service = initiative.counts_as_service
            if cleaned.get("second_pillar") == initiative.pillar:
                self.add_error("second_pillar", _("第二板块不能与主板块相同。"))
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间必须晚于开始时间。"))
        return cleaned


def _initiative_choices() -> list[tuple]:
    groups: dict[str, list] = {}
    for initiative in Initiative.objects.filter(is_open=True).select_related("pillar"):
        row = (initiative.pk, initiative.title)
        groups.setdefault(initiative.pillar.title, []).append(row)
    return [("", _("请选择")), *groups.items()]


class ActivityFilterForm(forms.Form):
    """What the desk's list of activities is narrowed to."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Activity.State.choices],
    )
    q = TextField(label=_("名称"), required=False, max_length=60)
