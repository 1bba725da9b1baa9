"""Input about activities to clean values."""

import json

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.forms.activity_details import DetailFields
from campaigns.forms.evidence import WORD_FIELDS, FollowingCaptionFields
from campaigns.models import Activity, Campaign, Initiative
from campaigns.permissions import can_lead_activity
from campaigns.queries.campaigns import recording_campaigns
from campaigns.queries.completeness import wishes_of
from communities.choices import community_choices, offered_communities
from communities.models import Organization
from communities.permissions import Permission, organizations_for
from core.fields import MomentField, PhotosField, TextField
from core.merging import MergingFormMixin


class ActivityForm(
    MergingFormMixin, FollowingCaptionFields, DetailFields, forms.ModelForm
):
    """An activity's record; the initiative decides the pillar.

    Who joined an activity of another organisation changes what it says, not whose it
    is or what it counts as.
    """

    title = TextField(label=_("活动名称"), max_length=60)
    initiative = forms.ModelChoiceField(
        label=_("板块和举措"),
        queryset=Initiative.objects.none(),
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
        "title",
        "initiative",
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

    LEADERS_ONLY = (
        "organization",
        "campaign",
        "initiative",
        "second_pillar",
        "is_public",
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        organizations = organizations_for(user, Permission.ACTIVITY_RECORD)
        self.fields["organization"].queryset = organizations
        self.fields["organization"].empty_label = None
        if self.instance.pk is not None and not can_lead_activity(user, self.instance):
            self._keep_to_the_words()
        self._offer_campaigns()
        self._offer_initiatives()
        held = self.instance.community_id
        self.fields["community"].queryset = offered_communities(keep=held)
        self.fields["community"].choices = community_choices(
            paired_with=organizations, keep=held
        )
        self.fields["participant_count"].max_value = 100_000
        self.fields["second_pillar"].empty_label = _("没有")
        for name in ("text", "photos"):
            self.fields[name].optional_mark = _("提交审核前必填")

    def _keep_to_the_words(self) -> None:
        self.fields["organization"].queryset = Organization.objects.filter(
            pk=self.instance.organization_id
        )
        for name in self.LEADERS_ONLY:
            self.fields[name].disabled = True

    def _offer_campaigns(self) -> None:
        self.campaigns = recording_campaigns()
        field = self.fields["campaign"]
        field.queryset = Campaign.objects.filter(state__in=Campaign.RECORD_STATES)
        field.empty_label = None
        field.choices = [(row.pk, _campaign_label(row)) for row in self.campaigns]
        if self.campaigns and self.instance.pk is None:
            self.initial.setdefault("campaign", self.campaigns[0].pk)

    def _offer_initiatives(self) -> None:
        is_offered = Q(is_open=True) | Q(pk=self.instance.initiative_id)
        initiatives = list(
            Initiative.objects.filter(is_offered).select_related("pillar")
        )
        field = self.fields["initiative"]
        field.queryset = Initiative.objects.filter(is_offered).select_related("pillar")
        groups: dict[str, list] = {}
        for row in initiatives:
            groups.setdefault(row.pillar.title, []).append((row.pk, row.title))
        field.choices = [("", _("请选择")), *groups.items()]
        self.kinds = {str(row.pk): row.kind for row in initiatives}
        self.wishes = {str(row.pk): "；".join(wishes_of(row)) for row in initiatives}
        field.widget.attrs |= {
            "data-kinds": json.dumps(self.kinds),
            "data-wishes": json.dumps(self.wishes, ensure_ascii=False),
        }

    def wishes_now(self) -> str:
        """What the initiative that stands in the form asks for."""
        return self.wishes.get(str(self["initiative"].value() or ""), "")

    def is_late(self) -> bool:
        """Whether the campaign that stands in the form is frozen."""
        frozen = {str(row.pk) for row in self.campaigns if row.is_frozen}
        return str(self["campaign"].value()) in frozen

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


def _campaign_label(campaign: Campaign) -> str:
    if campaign.is_frozen:
        return _text("%(title)s（已冻结，计入补充台账）") % {"title": campaign.title}
    return campaign.title
