"""Input about the civic convention and people's yes to it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from campaigns.models import Convention, Pledge
from communities.choices import community_choices, offered_communities
from core.fields import TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data


class ConventionForm(MergingFormMixin, forms.ModelForm):
    """A draft of the convention."""

    title = TextField(
        label=gettext_lazy("标题"), max_length=60, validators=[refuse_personal_data]
    )
    text = TextField(
        label=gettext_lazy("正文"),
        max_length=5000,
        multiline=True,
        validators=[refuse_personal_data],
        help_text=gettext_lazy("空一行另起一段，行首写“1. ”成为条目。"),
    )
    text.widget.attrs["rows"] = 16

    class Meta:
        model = Convention
        fields = ["title", "text"]


class PledgeForm(forms.Form):
    """A person says yes, alone or for the household, where they live.

    `number` is the version on the page they read.
    """

    SELF, HOUSEHOLD = "self", "household"
    who = forms.ChoiceField(label=gettext_lazy("以谁的名义"), widget=forms.RadioSelect)
    community = forms.ModelChoiceField(
        queryset=None,
        label=gettext_lazy("所在社区（村）"),
        help_text=gettext_lazy("只用来按社区计数，不显示姓名。"),
    )
    number = forms.IntegerField(min_value=1, max_value=32767, widget=forms.HiddenInput)

    def __init__(
        self, *args: object, pledged: set[bool] = frozenset(), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["community"].queryset = offered_communities()
        self.fields["community"].choices = community_choices(blank=_("请选择"))
        names = {self.SELF: _("我本人"), self.HOUSEHOLD: _("我们一家")}
        self.fields["who"].choices = [
            (who, name)
            for who, name in names.items()
            if self.is_bound or (who == self.HOUSEHOLD) not in pledged
        ]
        self.fields["who"].initial = next(iter(self.fields["who"].choices), ("",))[0]

    @property
    def is_household(self) -> bool:
        """Whether it is the household's."""
        return self.cleaned_data["who"] == self.HOUSEHOLD


class WithdrawPledgeForm(forms.Form):
    """Which of one's own yeses is taken back."""

    pledge = forms.ModelChoiceField(queryset=None, widget=forms.HiddenInput)

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pledge"].queryset = Pledge.objects.filter(user=user)
