"""Input about members' report-ins."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Community, MemberReportIn, Organization, ServicePost
from communities.queries.member_report_ins import GROUPS
from communities.queries.posts import open_posts
from core.fields import TextField
from core.merging import MergingFormMixin
from core.text import nearest, normalize_name


def standing_communities() -> list[tuple]:
    """Communities that stand today, grouped by street."""
    groups: dict[str, list] = {}
    for community in Community.objects.standing().select_related("subdistrict"):
        row = (community.pk, community.name)
        groups.setdefault(community.subdistrict.name, []).append(row)
    return [("", _("请选择")), *groups.items()]


class HomeCommunityForm(forms.Form):
    """The first step: where one lives."""

    community = forms.ModelChoiceField(
        Community.objects.none(),
        label=gettext_lazy("居住的社区（村）"),
        help_text=gettext_lazy("只需要选到社区，不用填写门牌地址。"),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["community"]
        field.queryset = Community.objects.standing().select_related("subdistrict")
        field.choices = standing_communities()


class OrganizationNameField(TextField):
    """An active organisation by its name, proposed while one types.

    A list of four hundred branches is no list to scroll through; the browser's own
    suggestions need no script. Where two branches share a name the unit follows it.
    """

    widget = forms.TextInput(attrs={"list": "organization-names"})

    def __init__(self, **kwargs: object) -> None:
        super().__init__(max_length=210, **kwargs)
        self._labels: dict[int, str] | None = None

    def labels(self) -> dict[int, str]:
        """Number to what is typed, for every active organisation; read once."""
        if self._labels is None:
            rows = list(
                Organization.objects.filter(state=Organization.State.ACTIVE)
                .order_by("path")
                .values_list("pk", "name", "unit_name")
            )
            self._labels = {
                pk: _("%(name)s（%(unit)s）") % {"name": name, "unit": unit}
                for pk, name, unit in rows
            }
        return self._labels

    def prepare_value(self, value: object) -> object:
        if isinstance(value, Organization):
            value = value.pk
        return self.labels().get(value, "") if isinstance(value, int) else value

    def to_python(self, value: object) -> Organization | None:
        text = super().to_python(value)
        if not text:
            return None
        key = normalize_name(text)
        found = [
            pk for pk, label in self.labels().items() if normalize_name(label) == key
        ]
        found = found or [
            row.pk
            for row in Organization.objects.filter(pk__in=self.labels()).only("name")
            if normalize_name(row.name) == key
        ]
        if len(found) != 1:
            raise ValidationError(self._not_found(text))
        return Organization.objects.get(pk=found[0])

    def _not_found(self, text: str) -> str:
        likely = nearest(text, self.labels().values())
        if not likely:
            return _("没有找到这个党组织，请从提示中选择；也可以不填。")
        return _("没有找到唯一的党组织，是不是：%(names)s？") % {
            "names": "；".join(likely)
        }

    def run_validators(self, value: object) -> None:
        """The text was checked before it became an organisation."""

    def has_changed(self, initial: object, data: object) -> bool:
        known = self.prepare_value(initial) or ""
        return normalize_name(str(known)) != normalize_name(str(data or ""))


class PostChoiceField(forms.ModelMultipleChoiceField):
    """Posts with their times and what is left."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: object) -> object:
        """Only what was offered: a number beyond int8 must not reach the database."""
        offered = {str(pk) for pk in self.queryset.values_list("pk", flat=True)}
        for asked in value if isinstance(value, list | tuple) else ():
            if str(asked) not in offered:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": asked},
                )
        return super().clean(value)

    def label_from_instance(self, post: ServicePost) -> str:
        words = {"title": post.title, "left": post.places_left, "times": post.times}
        if post.times:
            return _("%(title)s（%(times)s，还剩 %(left)d 个名额）") % words
        return _("%(title)s（还剩 %(left)d 个名额）") % words


class MemberReportInForm(MergingFormMixin, forms.ModelForm):
    """The second step: what one can do, and when; all of it is optional."""

    organization = OrganizationNameField(
        label=gettext_lazy("所在党组织"),
        required=False,
        help_text=gettext_lazy("输入名称查找，用来显示本单位的结对社区。"),
    )
    skills = TextField(
        label=gettext_lazy("特长"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如：水电维修、法律咨询、书法、急救。"),
    )
    free_times = TextField(
        label=gettext_lazy("可参加时间"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("例如：周末上午、工作日晚上。"),
    )
    posts = PostChoiceField(
        ServicePost.objects.none(),
        label=gettext_lazy("愿意认领的岗位"),
        required=False,
        help_text=gettext_lazy("这里只是告诉社区您的意愿，签收后再到岗位页面认领。"),
    )

    class Meta:
        model = MemberReportIn
        fields = ["organization", "skills", "free_times", "posts"]

    def __init__(self, *args: object, community: Community, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        posts = open_posts(community)
        self.fields["posts"].queryset = posts
        if not posts.exists():
            del self.fields["posts"]

    @property
    def organization_names(self) -> list[str]:
        """What the browser proposes."""
        return list(self.fields["organization"].labels().values())

    def changed_posts(self) -> list[ServicePost] | None:
        """The posts chosen now; None when they were left as they were."""
        if "posts" not in self.changed_data:
            return None
        return list(self.cleaned_data["posts"])

    def submitted_values(self) -> dict[str, Any]:
        """The cleaned values of a new report-in."""
        return {"posts": [], **self.cleaned_data}


class AnswerForm(forms.Form):
    """The community signs, or returns with a reason."""

    SIGN, RETURN = "sign", "return"
    reason = TextField(
        label=gettext_lazy("退回理由"),
        max_length=200,
        required=False,
        multiline=True,
        help_text=gettext_lazy(
            "退回时填写，本人会收到。例如：您选择的社区与居住地不符。"
        ),
    )
    decision = forms.ChoiceField(
        label=gettext_lazy("办理"), choices=[(SIGN, SIGN), (RETURN, RETURN)]
    )
    reason.widget.attrs["rows"] = 3
    reason.optional_mark = gettext_lazy("退回时必填")

    def clean(self) -> dict:
        """Returning needs a reason."""
        cleaned = super().clean()
        if cleaned.get("decision") == self.RETURN and not cleaned.get("reason"):
            self.add_error("reason", _("请写明退回理由。"))
        return cleaned

    @property
    def is_signed(self) -> bool:
        """Whether the community takes the person in."""
        return self.cleaned_data["decision"] == self.SIGN


class MemberReportInFilterForm(forms.Form):
    """Narrows the official's list; the group is chosen by tabs."""

    text = TextField(
        label=gettext_lazy("姓名、特长或时间"), max_length=50, required=False
    )
    group = forms.ChoiceField(
        choices=[(name, name) for name in GROUPS],
        required=False,
        widget=forms.HiddenInput,
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return int(bool(self.cleaned_data.get("text")))
