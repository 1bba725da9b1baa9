"""Input about stories; what everyone reads holds no personal numbers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Story
from communities.choices import community_choices
from communities.forms.filters import PlaceFilterForm
from communities.models import Community
from communities.permissions import (
    Permission,
    memberships_with,
    organizations_for,
)
from core.fields import TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data

WORDS = {"validators": [refuse_personal_data]}


class StoryForm(MergingFormMixin, forms.ModelForm):
    """A story that a unit or a community tells; its place is chosen once."""

    title = TextField(label=gettext_lazy("标题"), max_length=60, **WORDS)
    text = TextField(
        label=gettext_lazy("正文"),
        max_length=3000,
        multiline=True,
        help_text=gettext_lazy(
            "真人真事，用本人同意的称呼；不写电话、身份证号和门牌地址。"
            "空一行另起一段，行首写“## ”成为小标题。"
        ),
        **WORDS,
    )
    people_shown = forms.IntegerField(
        label=gettext_lazy("出现的人数"),
        min_value=1,
        max_value=30,
        initial=1,
        help_text=gettext_lazy("文字和照片中认得出的人，各需要一份展示同意。"),
    )

    class Meta:
        model = Story
        fields = [
            "kind",
            "people_shown",
            "title",
            "text",
            "organization",
            "community",
        ]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 12
        self.fields["kind"].choices = Story.Kind.choices
        if self.instance.pk is not None:
            del self.fields["organization"], self.fields["community"]
            return
        self._place(user)

    def _place(self, user: User) -> None:
        held = memberships_with(user, Permission.STORY_WRITE)
        self.own_communities = {row.community_id for row in held} - {None}
        own, community = self.fields["organization"], self.fields["community"]
        own.queryset = organizations_for(user, Permission.STORY_WRITE)
        own.required = not self.own_communities
        community.queryset = Community.objects.standing()
        if not own.queryset.exists():
            del self.fields["organization"]
            community.queryset = community.queryset.filter(pk__in=self.own_communities)
            community.empty_label = None
            return
        own.empty_label = None if own.required else _("由社区记录")
        community.choices = community_choices(
            paired_with=own.queryset, blank=_("请选择")
        )

    def clean(self) -> dict[str, Any]:
        """Only its own officials tell a story for a community alone."""
        cleaned = super().clean()
        if self.instance.pk is not None or cleaned.get("organization"):
            return cleaned
        community = cleaned.get("community")
        if community is not None and community.pk not in self.own_communities:
            self.add_error(
                "community", ValidationError(_("请选择本社区，或者选择记录的党组织。"))
            )
        return cleaned


class ReasonForm(forms.Form):
    """Why a story is returned, hidden or withdrawn."""

    reason = TextField(
        label=gettext_lazy("理由"),
        max_length=200,
        multiline=True,
        help_text=gettext_lazy("会记入日志并告诉记录人，不写出现者的称呼。"),
        **WORDS,
    )
    reason.widget.attrs["rows"] = 3


class PublicStoryFilterForm(forms.Form):
    """What everyone narrows the stories to."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类型"),
        choices=[("", gettext_lazy("全部故事")), *Story.Kind.choices],
        required=False,
    )
    street = PlaceFilterForm.base_fields["street"]

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class StoryFilterForm(PlaceFilterForm):
    """Narrows the desk's list of stories."""

    text = TextField(label=gettext_lazy("标题或社区"), max_length=50, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("类型"),
        choices=[("", gettext_lazy("全部类型")), *Story.Kind.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        choices=[("", gettext_lazy("全部状态")), *Story.State.choices],
        required=False,
    )
