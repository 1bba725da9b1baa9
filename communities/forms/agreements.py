"""Input about co-building agreements."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.models import Agreement, Pairing
from communities.queries.agreements import pairings_to_agree
from core.fields import DayField, DocumentField, TextField


class AgreementFilterForm(forms.Form):
    """Narrows the list of agreements."""

    text = TextField(label=_("单位、社区或协议"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[("", _("全部")), *Agreement.State.choices],
        required=False,
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class RenewalForm(forms.Form):
    """What an agreement says; the two sides and the first day are known."""

    title = TextField(label=_("协议名称"), max_length=100)
    signed_on = DayField(label=_("签订日期"), initial=timezone.localdate)
    ends_on = DayField(label=_("到期日期"))
    summary = TextField(
        label=_("共建事项"),
        max_length=500,
        multiline=True,
        help_text=_("双方约定做什么，500字以内。"),
    )
    file = DocumentField(
        label=_("协议文件"),
        required=False,
        help_text=_("PDF 或照片（JPEG、PNG、WebP），不超过 10 MB；以后也可以补传。"),
    )


class AgreementForm(RenewalForm):
    """A new agreement of a unit with a community it is paired with."""

    pairing = forms.ModelChoiceField(
        label=_("单位与社区（村）"), queryset=Pairing.objects.none()
    )
    starts_on = DayField(label=_("生效日期"), initial=timezone.localdate)
    field_order = [
        "pairing",
        "title",
        "signed_on",
        "starts_on",
        "ends_on",
        "summary",
        "file",
    ]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pairing"]
        field.queryset = pairings_to_agree(user, day=timezone.localdate())
        field.label_from_instance = lambda pairing: (
            f"{pairing.organization.unit_name} — {pairing.community.name}"
        )


class AgreementEndForm(forms.Form):
    """The day after which an agreement holds no more, and why."""

    last_day = DayField(label=_("最后一天"), initial=timezone.localdate)
    reason = TextField(label=_("理由"), max_length=200)


class AgreementFileForm(forms.Form):
    """The signed paper of an agreement recorded without it."""

    file = DocumentField(
        label=_("补传协议文件"),
        help_text=_("PDF 或照片（JPEG、PNG、WebP），不超过 10 MB；传上后不能更换。"),
    )
