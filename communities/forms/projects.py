"""Input about service projects to clean values."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import ServiceProject
from core.fields import TextField
from core.personal_data import refuse_personal_data


class ProjectForm(forms.Form):
    """A project that joins a need and a resource."""

    title = TextField(
        label=_("项目名称"), max_length=60, validators=[refuse_personal_data]
    )
    plan = TextField(
        label=_("项目安排"),
        max_length=500,
        required=False,
        multiline=True,
        validators=[refuse_personal_data],
        help_text=_("时间、地点、步骤和分工，不写个人电话。"),
    )


class ResultForm(forms.Form):
    """What came of a project."""

    result = TextField(
        label=_("项目成效"),
        max_length=500,
        multiline=True,
        validators=[refuse_personal_data],
        help_text=_("做了什么、多少人受益、效果如何。"),
    )


class ProjectFilterForm(forms.Form):
    """Narrows the desk's list of projects."""

    text = TextField(label=_("项目、社区或单位"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *ServiceProject.State.choices],
    )

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
