"""Input about tasks to clean values."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from campaigns.models import (
    Activity,
    Campaign,
    Initiative,
    Pillar,
    Task,
    TaskAssignment,
)
from campaigns.queries.task_audience import (
    Audience,
    heads,
    highest_of_units,
    organizations_for_audience,
)
from campaigns.queries.task_work import activities_for
from campaigns.queries.tasks import FULFILLED, OPEN, OVER, OVERDUE
from communities.models import Organization
from core.dates import day_text
from core.fields import DayField, TextField
from core.merging import MergingFormMixin
from core.personal_data import refuse_personal_data

WORDS = {"validators": [refuse_personal_data]}
MOST_OFFERED = 100
GROUPS = [
    ("", _("全部状态")),
    (OPEN, _("未完成")),
    (OVERDUE, _("已逾期")),
    (FULFILLED, _("已完成")),
    (OVER, _("已改派或取消")),
]


class TaskWordsForm(MergingFormMixin, forms.ModelForm):
    """What a task says and by when; also while it is under way."""

    title = TextField(label=_("任务名称"), max_length=60, **WORDS)
    text = TextField(
        label=_("要求"), max_length=500, required=False, multiline=True, **WORDS
    )
    due_on = DayField(label=_("完成期限"))

    class Meta:
        model = Task
        fields = ["title", "due_on", "text"]


class TaskForm(TaskWordsForm):
    """A task to be handed out."""

    initiative = forms.ModelChoiceField(
        label=_("板块和举措"), queryset=Initiative.objects.filter(is_open=True)
    )
    needed_count = forms.IntegerField(
        label=_("应办活动数"),
        min_value=1,
        max_value=Task.MOST_ACTIVITIES,
        initial=1,
        help_text=_("每个党组织须办几场，提交审核后计数。"),
    )

    class Meta:
        model = Task
        fields = ["campaign", "initiative", "title", "due_on", "needed_count", "text"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        campaigns = Campaign.objects.filter(state__in=Task.CAMPAIGN_STATES)
        self.fields["campaign"].queryset = campaigns
        self.fields["campaign"].empty_label = None
        self.fields["initiative"].choices = _initiative_choices()

    def clean_due_on(self) -> object:
        """A day that has not passed."""
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("完成期限不能早于今天。"))
        return day


def _initiative_choices() -> list[tuple]:
    groups: dict[str, list] = {}
    for row in Initiative.objects.filter(is_open=True).select_related("pillar"):
        groups.setdefault(row.pillar.title, []).append((row.pk, row.title))
    return [("", _("请选择")), *groups.items()]


class AudienceForm(forms.Form):
    """For whom a task is. `without` are numbers of those who have it already."""

    audience = forms.ChoiceField(
        label=_("下达给"), choices=Audience.choices, widget=forms.RadioSelect
    )
    root = forms.ModelChoiceField(
        label=_("以哪个党组织为准"), queryset=heads(), required=False
    )
    q = TextField(label=_("查找党组织"), max_length=50, required=False)
    organizations = forms.MultipleChoiceField(
        label=_("逐个选择的党组织"), required=False
    )

    def __init__(
        self, *args: object, without: frozenset[int] = frozenset(), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.without = without
        rows = Organization.objects.filter(state=Organization.State.ACTIVE)
        # By hand: the field for models asks the database for any number sent.
        self.offered = {
            str(row.pk): row for row in rows.exclude(pk__in=without).order_by("path")
        }
        self.fields["organizations"].choices = [
            (key, row.name) for key, row in self.offered.items()
        ]
        self.fields["root"].empty_label = _("请选择")
        self.fields["root"].optional_mark = _("选“下级”时必填")

    def clean(self) -> dict:
        cleaned = super().clean()
        audience = cleaned.get("audience")
        needs_root = audience in {Audience.SUBTREE, Audience.CHILDREN}
        if needs_root and not cleaned.get("root") and not self.errors.get("root"):
            self.add_error("root", _("请选择党组织。"))
        if audience == Audience.LIST and not cleaned.get("organizations"):
            self.add_error("organizations", _("请至少选择一个党组织。"))
        if not self.errors:
            cleaned["found"] = self._found(cleaned)
            if not cleaned["found"]:
                self.add_error(
                    "audience", _("其中没有可以下达的党组织，请换一个范围。")
                )
        return cleaned

    def _found(self, cleaned: dict) -> list[Organization]:
        rows = organizations_for_audience(
            cleaned["audience"],
            root=cleaned.get("root"),
            chosen=[int(key) for key in cleaned["organizations"]],
        )
        return list(rows.exclude(pk__in=self.without))

    def listed(self) -> list[tuple[str, Organization, bool]]:
        """What the list shows: those ticked first, then those that match the search.

        Works on whatever was sent, sound or not.
        """
        ticked = set(self["organizations"].value() or ())
        first = [(k, row, True) for k, row in self.offered.items() if k in ticked]
        wanted = str(self["q"].value() or "").strip().lower()
        rest = [
            (key, row, False)
            for key, row in self.offered.items()
            if key not in ticked and _matches(row, wanted)
        ]
        return [*first, *rest]

    def ticked_count(self) -> int:
        """How many of the list are ticked."""
        return len(set(self["organizations"].value() or ()) & set(self.offered))

    @property
    def unit_count(self) -> int:
        """How many organisations "all units" means."""
        rows = Organization.objects.filter(state=Organization.State.ACTIVE)
        return highest_of_units(rows).exclude(pk__in=self.without).count()


def _matches(row: Organization, wanted: str) -> bool:
    names = (row.name, row.unit_name, row.pinyin, row.initials)
    return any(wanted in name.lower() for name in names)


class ReassignForm(forms.Form):
    """Another organisation that goes on with a task, and why."""

    organization = forms.ModelChoiceField(label=_("改派给"), queryset=None)
    reason = TextField(label=_("理由"), max_length=200, multiline=True, **WORDS)

    def __init__(
        self, *args: object, assignment: TaskAssignment, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        live = TaskAssignment.objects.filter(
            task=assignment.task_id, state__in=TaskAssignment.LIVE_STATES
        )
        rows = Organization.objects.filter(state=Organization.State.ACTIVE)
        self.fields["organization"].queryset = rows.exclude(
            pk__in=live.values("organization")
        )


class EndForm(forms.Form):
    """Why a task ends."""

    reason = TextField(label=_("理由"), max_length=200, multiline=True, **WORDS)


class ProgressForm(forms.Form):
    """How far an organisation has come."""

    text = TextField(
        label=_("进展"),
        max_length=300,
        multiline=True,
        help_text=_("做到哪一步、还差什么，300字以内。"),
        **WORDS,
    )


class LinkForm(forms.Form):
    """An activity to be given for an assignment."""

    activity = forms.ModelChoiceField(label=_("活动"), queryset=None)

    def __init__(
        self, *args: object, assignment: TaskAssignment, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        fitting = activities_for(assignment).select_related("organization")
        self.fields["activity"].queryset = fitting
        self.fields["activity"].choices = [
            ("", _("请选择")),
            *((row.pk, _activity_label(row)) for row in fitting[:MOST_OFFERED]),
        ]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to choose."""
        return len(self.fields["activity"].choices) == 1


def _activity_label(activity: Activity) -> str:
    day = day_text(activity.starts_at)
    state = activity.get_state_display()
    return f"{activity.title}（{day}，{activity.organization.name}，{state}）"


class GiveForm(forms.Form):
    """A task an activity is given for."""

    assignment = forms.ModelChoiceField(label=_("任务"), queryset=None)

    def __init__(self, *args: object, assignments: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = assignments
        self.fields["assignment"].label_from_instance = _assignment_label


def _assignment_label(assignment: TaskAssignment) -> str:
    day = day_text(assignment.task.due_on)
    return f"{assignment.task.title}（{assignment.organization.name}，{day}前）"


class TaskFilterForm(forms.Form):
    """What the list of tasks is narrowed to."""

    text = TextField(label=_("任务名称"), max_length=50, required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部状态")), *Task.State.choices],
    )
    pillar = forms.ModelChoiceField(
        label=_("板块"),
        queryset=Pillar.objects.all(),
        required=False,
        empty_label=_("全部板块"),
    )
    initiative = forms.ModelChoiceField(
        label=_("举措"),
        queryset=Initiative.objects.all(),
        required=False,
        empty_label=_("全部举措"),
    )
    is_overdue = forms.BooleanField(label=_("只看有逾期的"), required=False)

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())


class AssignmentFilterForm(forms.Form):
    """What a list of assignments is narrowed to."""

    text = TextField(label=_("任务或党组织"), max_length=50, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=GROUPS)
    pillar = forms.ModelChoiceField(
        label=_("板块"),
        queryset=Pillar.objects.all(),
        required=False,
        empty_label=_("全部板块"),
    )
    whose = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("", _("本级和下级")), ("own", _("本级")), ("below", _("下级"))],
    )

    def __init__(self, *args: object, user: User | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if user is None:  # of one task, where all stand side by side
            del self.fields["pillar"], self.fields["whose"]
            self.fields["text"].label = _("党组织")

    @property
    def active_count(self) -> int:
        """How many filters are set."""
        return sum(bool(value) for value in self.cleaned_data.values())
