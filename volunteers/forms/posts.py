"""Input about the posts of a shift."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import TextField
from core.merging import MergingFormMixin
from volunteers.forms.shifts import MOST_PLACES, WORDS
from volunteers.models import Shift, ShiftPost, Skill


class ShiftPostForm(MergingFormMixin, forms.ModelForm):
    """One post: its name, the skill it wants, its places."""

    title = TextField(label=_("岗位"), max_length=20, **WORDS)
    capacity = forms.IntegerField(
        label=_("名额"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=_("0 表示该岗位不再招募。"),
    )

    class Meta:
        model = ShiftPost
        fields = ["title", "skill", "capacity"]

    def __init__(self, *args: Any, shift: Shift, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.shift = shift
        self.fields["skill"].queryset = Skill.objects.filter(
            Q(is_active=True) | Q(pk=self.instance.skill_id)
        )
        self.fields["skill"].empty_label = _("不限")

    def row(self) -> dict[str, Any]:
        """What `save_posts` takes: of a post that is there, only what was changed."""
        if self.instance.pk is None:
            return {"post": None, **self.cleaned_data}
        return {"post": self.instance, **self.changed_values()}
