"""Input about service posts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import ServicePost
from communities.queries.posts import communities_publishing
from core.fields import TextField
from core.merging import MergingFormMixin

MOST_PLACES = 500


class PostForm(MergingFormMixin, forms.ModelForm):
    """A post: its duties, times and places."""

    title = TextField(label=_("岗位名称"), max_length=60)
    duties = TextField(
        label=_("岗位职责"), max_length=500, multiline=True, help_text=_("500字以内。")
    )
    times = TextField(
        label=_("服务时间"),
        max_length=100,
        required=False,
        help_text=_("例如：每周六 8:00—10:00。"),
    )
    places = forms.IntegerField(label=_("名额"), min_value=1, max_value=MOST_PLACES)

    class Meta:
        model = ServicePost
        fields = ["community", "title", "duties", "times", "places"]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["community"]
            return
        own = communities_publishing(user)
        field = self.fields["community"]
        field.queryset = own
        if len(own) == 1:
            field.initial = own[0]
            field.empty_label = None


class PostFilterForm(forms.Form):
    """Narrows the official's list of posts."""

    text = TextField(label=_("岗位"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), *ServicePost.State.choices],
        required=False,
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
