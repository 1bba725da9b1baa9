"""Input about oneself."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.choices import community_choices, offered_communities
from core.fields import TextField
from volunteers.models import Volunteer


class VolunteerForm(forms.ModelForm):
    """What a person tells about themselves; a minor names the guardian."""

    guardian_name = TextField(label=_("监护人姓名"), max_length=50, required=False)
    has_guardian_consent = forms.BooleanField(
        label=_("监护人已知情并同意我参加志愿服务"), required=False
    )

    class Meta:
        model = Volunteer
        fields = ["home_community"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        home = self.fields["home_community"]
        held = self.instance.home_community_id
        home.queryset = offered_communities(keep=held)
        home.choices = community_choices(blank=_("暂不填写"), keep=held)
        home.help_text = _("用来在“我的”页面直接找到家门口的班次，不公开。")
        self.is_minor = self.instance.user.is_minor
        if not self.is_minor:
            del self.fields["guardian_name"], self.fields["has_guardian_consent"]
            return
        self.fields["guardian_name"].initial = self.instance.guardian_name
        self.fields["has_guardian_consent"].initial = bool(
            self.instance.guardian_consented_at
        )

    def clean(self) -> dict:
        """Consent needs the guardian's name."""
        cleaned = super().clean()
        if not self.is_minor:
            return cleaned
        has_consent = cleaned.get("has_guardian_consent")
        if has_consent and not cleaned.get("guardian_name"):
            self.add_error("guardian_name", _("请填写监护人姓名。"))
        self.instance.guardian_name = cleaned.get("guardian_name", "")
        if has_consent and self.instance.guardian_consented_at is None:
            self.instance.guardian_consented_at = timezone.now()
        if not has_consent:
            self.instance.guardian_consented_at = None
        return cleaned
