"""How every form of the portal is drawn."""

from django.forms.renderers import TemplatesSetting


class PortalFormRenderer(TemplatesSetting):
    """Draw ``BoundField.as_field_group`` with our own field template.

    Needs ``django.forms`` in INSTALLED_APPS, so that Django's widget templates are
    found by the same engine as ours.
    """

    field_template_name = "forms/field.html"
