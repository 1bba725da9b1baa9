"""The way from a record's page to what the audit log says of it."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.admin_verbs import verb_label
from communities.permissions import Permission, has_permission
from core.origins import COMMAND, UNKNOWN, WORKER

register = template.Library()
register.filter("verb_label", verb_label)

ORIGINS = {
    WORKER: gettext_lazy("后台任务"),
    COMMAND: gettext_lazy("命令行"),
    UNKNOWN: gettext_lazy("地址不明"),
}


@register.filter
def origin_label(origin: str) -> str:
    """Where an act came from, in words; an address as it is."""
    return str(ORIGINS.get(origin, origin or _("未记来源")))


@register.inclusion_tag("communities/_audit_history_link.html", takes_context=True)
def audit_history_link(context: RequestContext, record: Any) -> dict[str, Any]:
    """A link to the record's history, for those who may read the log."""
    request = context.get("request")
    user = getattr(request, "user", None)
    is_shown = (
        user is not None
        and user.is_authenticated
        and has_permission(user, Permission.AUDIT_VIEW)
    )
    return {"record": record if is_shown else None, "label": record._meta.label}
