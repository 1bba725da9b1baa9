"""Makes the portal's admin site the default one.

Named in INSTALLED_APPS in place of django.contrib.admin; it stands alone because
the site itself needs the models, which are not loaded yet at that moment.
"""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "communities.admin_site.PortalAdminSite"
