"""Input about micro-wishes; what everyone reads holds no personal numbers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.actions.wishes import CONTACT
from communities.forms.filters import PlaceFilterForm
from communities.models import Community, Subdistrict, Wish
from communities.permissions import Permission, memberships_with, organizations_for
from core.fields import DayField, TextField, UnrememberedInput
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data
from core.phones import normalize_phone

WORDS = {"validators": [refuse_personal_data]}
CATEGORIES = [("", _("全部类别")), *Wish.Category.choices]


class WishForm(MergingFormMixin, forms.ModelForm):
    """A wish of one of the user's communities.

    A contact put down before is never shown here: typing one replaces it whole.
    """

    title = TextField(
        label=_("心愿"),
        max_length=60,
        help_text=_("一句话说清，例如“想要一个新书包”。"),
        **WORDS,
    )
    text = TextField(
        label=_("说明"),
        max_length=300,
        required=False,
        multiline=True,
        help_text=_("所有人可见：不写居民的姓名、住址、电话和身份证号。"),
        **WORDS,
    )
    category = forms.ChoiceField(
        label=_("类别"), choices=[("", _("请选择")), *Wish.Category.choices]
    )
    wanted_by = DayField(
        label=_("希望实现日期"),
        required=False,
        help_text=_("到期无人认领的自动关闭；不填则一直有效。"),
    )
    resident_name = TextField(
        label=_("居民称呼"),
        max_length=30,
        required=False,
        widget=UnrememberedInput(),
        **WORDS,
    )
    resident_phone = TextField(
        label=_("居民电话"), max_length=20, required=False, widget=UnrememberedInput()
    )
    resident_consented = forms.BooleanField(
        label=_("居民本人已同意把联系方式提供给认领的党组织"), required=False
    )

    class Meta:
        model = Wish
        fields = ["community", "category", "title", "text", "wanted_by", *CONTACT]

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= dict.fromkeys(CONTACT[:2], "") | {CONTACT[2]: False}
        if self.instance.pk is not None:
            del self.fields["community"]
            return
        held = memberships_with(user, Permission.NEED_PUBLISH)
        own = [membership.community_id for membership in held]
        communities = Community.objects.standing().filter(pk__in=own)
        self.fields["community"].queryset = communities
        self.fields["community"].empty_label = None

    def clean_resident_phone(self) -> str:
        """The number as it is stored."""
        phone = self.cleaned_data["resident_phone"]
        return normalize_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        """A contact only with consent; consent to nothing is none."""
        cleaned = super().clean()
        if not self._has_contact():
            cleaned["resident_consented"] = False
        elif not cleaned.get("resident_consented"):
            self.add_error(
                "resident_consented", _t("留下联系方式须经居民本人同意，请勾选确认。")
            )
        return cleaned

    def changed_values(self) -> dict[str, Any]:
        """What the user changed; of the contact all of it, or nothing."""
        values = super().changed_values()
        for name in CONTACT:
            values.pop(name, None)
            if self._has_contact():
                values[name] = self.cleaned_data[name]
        return values

    def _has_contact(self) -> bool:
        return any(self.cleaned_data.get(name) for name in CONTACT[:2])


class WishClaimForm(forms.Form):
    """In whose name a wish is claimed; for most people there is no choice."""

    organization = forms.ModelChoiceField(
        label=_("以谁的名义认领"),
        queryset=None,
        required=False,
        empty_label=_("我本人"),
    )
    organization.optional_mark = _("党组织或者本人")
    note = TextField(
        label=_("留言"),
        max_length=200,
        required=False,
        help_text=_("只有社区能看到：打算怎样、何时办，不写个人电话。"),
        **WORDS,
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        own = organizations_for(user, Permission.NEED_CLAIM)
        self.fields["organization"].queryset = own
        self.fields["organization"].initial = own.first()
        self.has_choice = self.fields["organization"].initial is not None
        if not self.has_choice:
            del self.fields["organization"]


class WishFilterForm(forms.Form):
    """Narrows what everyone reads."""

    street = forms.ModelChoiceField(
        label=_("街道（镇）"),
        queryset=Subdistrict.objects.all(),
        required=False,
        empty_label=_("全区"),
    )
    category = forms.ChoiceField(label=_("类别"), required=False, choices=CATEGORIES)
    is_open = forms.BooleanField(label=_("只看待认领的"), required=False)

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class WishDeskFilterForm(PlaceFilterForm):
    """Narrows the desk's list."""

    text = TextField(label=_("心愿或社区"), max_length=50, required=False)
    category = forms.ChoiceField(label=_("类别"), required=False, choices=CATEGORIES)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Wish.State.choices],
    )
    field_order = ["text", "street", "category", "state"]
