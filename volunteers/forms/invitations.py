"""Input for asking people to a shift."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.choices import community_choices, offered_communities
from communities.models import Subdistrict
from volunteers.models import Skill
from volunteers.queries.invitations import Criteria, Whom


class InviteForm(forms.Form):
    """Whom to ask; nobody is named."""

    whom = forms.ChoiceField(label=_("邀请谁"), choices=Whom.choices, initial=Whom.ALL)
    street = forms.ModelChoiceField(
        label=_("居住街道（乡镇）"),
        queryset=Subdistrict.objects.order_by("pk"),
        empty_label=_("不限"),
        required=False,
    )
    community = forms.ModelChoiceField(
        label=_("居住社区（村）"),
        queryset=offered_communities(),
        required=False,
    )
    skill = forms.ModelChoiceField(
        label=_("会什么"),
        queryset=Skill.objects.filter(is_active=True),
        empty_label=_("不限"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        community = self.fields["community"]
        community.queryset = offered_communities()
        community.choices = community_choices(blank=_("不限"))

    def criteria(self) -> Criteria:
        """What was chosen; for a sound form."""
        return Criteria(**self.cleaned_data)
