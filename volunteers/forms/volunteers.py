"""Input about oneself."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.choices import community_choices, offered_communities
from core.fields import RowsField
from volunteers.models import Availability, Skill, Volunteer


class VolunteerForm(forms.ModelForm):
    """What a person tells about themselves, each thing with what it is used for."""

    skills = RowsField(
        label=_("我会的"),
        queryset=Skill.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("有的岗位需要技能，勾选后才能报；不公开，也不用证明。"),
    )
    availability = forms.MultipleChoiceField(
        label=_("方便的时间"),
        choices=Availability.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("只用来给您挑合适的班次，别人看不到。"),
    )
    accepts_known = forms.BooleanField(
        label=_("我参加过其活动的单位可以邀请我"),
        required=False,
        help_text=_("邀请只发到“消息”里，单位看不到您是谁；不想参加不用回复。"),
    )
    accepts_invitations = forms.BooleanField(
        label=_("其他单位也可以邀请我"),
        required=False,
        help_text=_("按居住社区和技能邀请；单位只知道邀请了多少人。"),
    )
    shows_stars = forms.BooleanField(
        label=_("在“我的”页面显示星级"),
        required=False,
        help_text=_("按已确认的服务时长，只有您自己看得到。"),
    )

    class Meta:
        model = Volunteer
        fields = [
            "home_community",
            "skills",
            "availability",
            "accepts_known",
            "accepts_invitations",
            "shows_stars",
        ]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.home_community_id
        home = self.fields["home_community"]
        home.queryset = offered_communities(keep=held)
        home.choices = community_choices(blank=_("暂不填写"), keep=held)
        home.help_text = _("用来在“我的”页面直接找到家门口的班次，不公开。")
        self.fields["skills"].queryset = self._offered_skills()
        self.initial["availability"] = self.instance.availability.split(",")

    def _offered_skills(self) -> models.QuerySet:
        """Those of the list, and what the person has told, though it may be closed."""
        offered = models.Q(is_active=True)
        if self.instance.pk:
            offered |= models.Q(volunteers=self.instance)
        return Skill.objects.filter(offered).distinct()

    def clean_availability(self) -> str:
        """The codes in the order of the list, comma-joined."""
        chosen = set(self.cleaned_data["availability"])
        return ",".join(code for code in Availability.values if code in chosen)
