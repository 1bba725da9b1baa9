"""Input about families and branches that come together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Organization
from core.fields import TextField
from core.personal_data import refuse_personal_data
from volunteers.models import Companion, Shift, SignupGroup

MOST_ROWS = 6  # of people named on one page; more name themselves by the link
AGES = [("", _("年龄段")), *Companion.AgeBand.choices]
CONSENT = _("所填同行人（未成年人则其监护人）已同意由我代为报名")
GUARDIAN = _("我是所填未成年人的监护人")


def _name_field(label: str) -> TextField:
    return TextField(
        label=label,
        max_length=20,
        required=False,
        validators=[refuse_personal_data],
    )


class GroupForm(forms.Form):
    """Who comes along: some named with their consent, some who name themselves."""

    kind = forms.ChoiceField(label=_("和谁一起来"), choices=SignupGroup.Kind.choices)
    organization = forms.ModelChoiceField(
        label=_("党组织"),
        queryset=None,
        required=False,
        empty_label=_("不是党支部"),
    )
    post = forms.ModelChoiceField(label=_("岗位"), queryset=None)
    unnamed = forms.IntegerField(
        label=_("还有几位由本人通过链接确认"),
        min_value=0,
        initial=0,
        required=False,
        help_text=_(
            "报名后得到一个链接，发给他们；截止报名时还没有人确认的名额会让出。"
        ),
    )
    has_consent = forms.BooleanField(label=CONSENT, required=False)
    is_guardian = forms.BooleanField(label=GUARDIAN, required=False)

    def __init__(self, *args: object, shift: Shift, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.limit = shift.group_limit - 1
        self.fields["organization"].queryset = Organization.objects.standing()
        posts = shift.posts.filter(skill=None)
        self.fields["post"].queryset = posts
        if not shift.posts.exists():
            del self.fields["post"]
        self.fields["unnamed"].max_value = self.limit
        self.rows = range(1, min(self.limit, MOST_ROWS) + 1)
        for row in self.rows:
            label = _("同行人 %(row)d 的称呼") % {"row": row}
            self.fields[f"name_{row}"] = _name_field(label)
            self.fields[f"age_{row}"] = forms.ChoiceField(
                label=_("同行人 %(row)d 的年龄段") % {"row": row},
                choices=AGES,
                required=False,
            )
        self.order_fields(
            ["kind", "organization", "post"]
            + [f"{part}_{row}" for row in self.rows for part in ("name", "age")]
            + ["unnamed", "has_consent", "is_guardian"]
        )

    def clean(self) -> dict:
        """Who is named has said yes; nobody comes beyond the limit."""
        cleaned = super().clean()
        named = []
        for row in self.rows:
            name, age = cleaned.get(f"name_{row}"), cleaned.get(f"age_{row}")
            if name and not age:
                self.add_error(f"age_{row}", _("请选择年龄段。"))
            elif name:
                named.append(Companion(name=name, age_band=age))
        if named and not cleaned.get("has_consent"):
            self.add_error("has_consent", _("请先得到同行人的同意。"))
        unnamed = cleaned.get("unnamed") or 0
        if unnamed + len(named) > self.limit:
            words = {"limit": self.limit}
            self.add_error("unnamed", _("最多带 %(limit)d 位同行人。") % words)
        else:
            cleaned["companions"] = named + [Companion() for _open in range(unnamed)]
        return cleaned


class CompanionForm(forms.Form):
    """The contact names who takes a place that is still open."""

    name = TextField(label=_("称呼"), max_length=20, validators=[refuse_personal_data])
    age_band = forms.ChoiceField(label=_("年龄段"), choices=AGES)
    has_consent = forms.BooleanField(label=CONSENT)
    is_guardian = forms.BooleanField(label=GUARDIAN, required=False)
