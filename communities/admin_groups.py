"""The registers as the office thinks of them, whichever app they belong to."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """A heading of the front page and the sidebar, with its registers in order."""

    code: str
    title: str | Promise
    labels: tuple[str, ...]


GROUPS = (
    Group(
        "registers",
        _("名册"),
        (
            "communities.Organization",
            "communities.Subdistrict",
            "communities.Community",
            "communities.RegisterChange",
            "communities.RegisterImport",
            "communities.LeadingPost",
            "communities.Leader",
        ),
    ),
    Group(
        "links",
        _("挂钩与报到"),
        (
            "communities.Pairing",
            "communities.PairingNotice",
            "communities.PairingImport",
            "communities.LeaderLink",
            "communities.OrganizationReportIn",
            "communities.MemberReportIn",
            "communities.ReportInReminder",
            "communities.Agreement",
            "communities.JointMeeting",
            "communities.MeetingAction",
        ),
    ),
    Group(
        "needs",
        _("需求与服务"),
        (
            "communities.Need",
            "communities.Resource",
            "communities.ServiceProject",
            "communities.Wish",
            "communities.ServicePost",
        ),
    ),
    Group(
        "work",
        _("创建工作"),
        (
            "campaigns.Campaign",
            "campaigns.CampaignDocument",
            "campaigns.Pillar",
            "campaigns.Initiative",
            "campaigns.ActivityTemplate",
            "campaigns.Activity",
            "campaigns.Evidence",
            "campaigns.Review",
            "campaigns.ReturnReason",
            "campaigns.Task",
            "campaigns.TaskAssignment",
            "campaigns.Honor",
            "campaigns.Story",
            "campaigns.Consent",
            "campaigns.Convention",
            "campaigns.FrozenFigure",
        ),
    ),
    Group(
        "whistles",
        _("吹哨"),
        (
            "campaigns.Whistle",
            "campaigns.WhistleResponse",
            "campaigns.WhistleExtension",
            "campaigns.WhistleCategory",
        ),
    ),
    Group(
        "volunteering",
        _("志愿服务"),
        (
            "volunteers.Shift",
            "volunteers.ShiftRule",
            "volunteers.Signup",
            "volunteers.SignupGroup",
            "volunteers.Invitation",
            "volunteers.ShiftMessage",
            "volunteers.Attendance",
            "volunteers.ServiceRecord",
            "volunteers.HoursDispute",
            "volunteers.Volunteer",
            "volunteers.Certificate",
            "volunteers.StarLevel",
            "volunteers.Skill",
        ),
    ),
    Group(
        "people",
        _("人员与授权"),
        ("accounts.User", "communities.Membership"),
    ),
    Group(
        "messages",
        _("消息"),
        ("accounts.Notification", "accounts.Delivery"),
    ),
    Group(
        "operation",
        _("运行与审计"),
        ("core.AuditEntry", "accounts.ExportJob", "core.PeriodicJob"),
    ),
)
GROUP_OF = {label: group for group in GROUPS for label in group.labels}


def grouped(models_shown: list[dict[str, Any]], index_url: str) -> list[dict[str, Any]]:
    """The registers a person sees, in the shape in which Django draws its apps."""
    by_label = {row["model"]._meta.label: row for row in models_shown}
    groups = []
    for group in GROUPS:
        rows = [by_label[label] for label in group.labels if label in by_label]
        if rows:
            groups.append(
                {
                    "name": group.title,
                    "app_label": group.code,
                    "app_url": f"{index_url}#{group.code}",
                    "has_module_perms": True,
                    "models": rows,
                }
            )
    return groups
