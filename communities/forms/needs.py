"""Input about needs and claims; what everyone reads holds no personal numbers."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.actions.need_claims import refusal_to_claim
from communities.actions.needs import MOST_PIECES
from communities.forms.filters import PlaceFilterForm
from communities.models import Community, Need, NeedClaim
from communities.permissions import Permission, memberships_with, organizations_for
from core.fields import DayField, TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data

WORDS = {"validators": [refuse_personal_data]}


class NeedForm(MergingFormMixin, forms.ModelForm):
    """A need of one of the user's communities."""

    title = TextField(
        label=_("需求名称"),
        max_length=60,
        help_text=_("一句话说清要什么，不写居民姓名，例如“周末清理楼道”。"),
        **WORDS,
    )
    text = TextField(
        label=_("需求说明"),
        max_length=500,
        multiline=True,
        help_text=_("写明时间、地点和要求，不写居民的姓名、电话和身份证号。"),
        **WORDS,
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), *Need.Category.choices]
    )
    quantity = forms.IntegerField(
        label=_("数量"), min_value=1, max_value=MOST_PIECES, initial=1
    )
    measure = TextField(
        label=_("计量单位"),
        max_length=10,
        initial="项",
        help_text=_("如：人、台、次。"),
    )
    wanted_by = DayField(
        label=_("希望完成日期"),
        required=False,
        help_text=_("到期无人认领的需求自动关闭；不填则一直有效。"),
    )

    class Meta:
        model = Need
        fields = [
            "community",
            "category",
            "title",
            "quantity",
            "measure",
            "wanted_by",
            "text",
        ]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            del self.fields["community"]
            return
        held = memberships_with(user, Permission.NEED_PUBLISH)
        own = [membership.community_id for membership in held]
        self.fields["community"].queryset = Community.objects.standing().filter(
            pk__in=own
        )
        self.fields["community"].empty_label = None


class ClaimForm(forms.Form):
    """How much an organisation takes on itself."""

    organization = forms.ModelChoiceField(
        label=_("认领单位"), queryset=None, empty_label=None
    )
    quantity = forms.IntegerField(
        label=_("认领数量"), min_value=1, max_value=MOST_PIECES
    )
    note = TextField(
        label=_("说明"),
        max_length=200,
        required=False,
        help_text=_("如何安排、何时能办，不写个人电话。"),
        **WORDS,
    )

    def __init__(self, *args: object, need: Need, user: User, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        own = organizations_for(user, Permission.NEED_CLAIM)
        if not self.is_bound:  # who posts again is told so
            live = need.claims.exclude(state=NeedClaim.State.WITHDRAWN)
            own = own.exclude(pk__in=live.values("organization"))
        self.fields["organization"].queryset = own
        self.fields["quantity"].initial = need.remaining
        self.fields["quantity"].help_text = _("还剩 %(left)d %(measure)s。") % {
            "left": need.remaining,
            "measure": need.measure,
        }
        first, second = [*own[:2], None, None][:2]
        self.refusal = first and refusal_to_claim(need, first, by=user, now=now)
        # Another organisation of the official may be paired where the first is not.
        waits = self.refusal and self.refusal.code == "not_open" and second
        self.is_closed = first is None or bool(self.refusal and not waits)


class ReasonForm(forms.Form):
    """Why something is withdrawn, given up or sent back."""

    reason = TextField(label=_("理由"), max_length=200, multiline=True, **WORDS)


class NeedFilterForm(PlaceFilterForm):
    """Narrows and sorts the desk's list of needs."""

    text = TextField(label=_("需求或社区"), max_length=50, required=False)
    category = forms.ChoiceField(
        label=_("类别"),
        required=False,
        choices=[("", _("全部类别")), *Need.Category.choices],
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Need.State.choices],
    )
    sort = forms.ChoiceField(
        label=_("排序"),
        required=False,
        choices=[
            ("", _("最新发布")),
            ("wanted", _("最早到期")),
            ("remaining", _("剩余最多")),
        ],
    )
    is_open = forms.BooleanField(label=_("只看本单位可认领的"), required=False)
    field_order = ["text", "street", "category", "state", "sort", "is_open"]

    def __init__(self, *args: object, claims: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not claims:
            del self.fields["is_open"]

    @property
    def active_count(self) -> int:
        """How many filters are set; the order is none."""
        names = self.cleaned_data.keys() - {"sort"}
        return sum(bool(self.cleaned_data[name]) for name in names)
