"""How every form of the portal is drawn."""

from typing import Any

from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DASHES = BLANK_CHOICE_DASH[0][1]
SELECT_TEMPLATE = "django/forms/widgets/select.html"


class PortalFormRenderer(TemplatesSetting):
    """Draw fields with our own template and selects without one.

    An empty choice that a form gave no words asks to choose instead of showing dashes.

    Django draws each option by two nested templates; a choice among 179 communities
    cost more than the rest of its page.

    Needs ``django.forms`` in INSTALLED_APPS, so that Django's widget templates are
    found by the same engine as ours.
    """

    field_template_name = "forms/field.html"

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> str:
        if template_name == SELECT_TEMPLATE:
            return _select(context["widget"])
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> SafeString:
    groups = [
        _group(name, format_html_join("", "{}", ((_option(o),) for o in options)))
        for name, options, _index in widget["optgroups"]
    ]
    body = format_html_join("", "{}", ((group,) for group in groups))
    attributes = _attributes(widget["attrs"])
    return format_html(
        '<select name="{}"{}>{}</select>', widget["name"], attributes, body
    )


def _group(name: str | None, options: SafeString) -> SafeString:
    if not name:
        return options
    return format_html('<optgroup label="{}">{}</optgroup>', name, options)


def _option(option: dict[str, Any]) -> SafeString:
    attributes = _attributes(option["attrs"])
    value, label = str(option["value"]), option["label"]
    if label == DASHES:
        label = _("请选择")
    return format_html('<option value="{}"{}>{}</option>', value, attributes, label)


def _attributes(attributes: dict[str, Any]) -> SafeString:
    """HTML attributes; True stands for a bare name, False and None for nothing."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html(" {}", name),)
            if value is True
            else (format_html(' {}="{}"', name, value),)
            for name, value in attributes.items()
            if value is not False and value is not None
        ),
    )
