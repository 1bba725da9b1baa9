"""Which parts the style sheets and scripts of a page are joined from, in order."""

STYLES = (
    "tokens",
    "base",
    "components",
    "account",
    "audit",
    "campaigns",
    "convention",
    "day",
    "design",
    "desk",
    "evidence",
    "organizations",
    "overview",
    "progress",
    "report_in",
    "reports",
    "shifts",
    "tasks",
    "whistles",
    "print",
)
SCRIPTS = (
    "portal",
    "letters",
    "live",
    "activity_form",
    "choose",
    "copy",
    "drafts",
    "install",
    "overview",
    "roll",
    "share",
    "uploads",
)

# The admin site: our frame and pieces, what Django brings for its fields, our pages.
ADMIN_STYLES = (
    "css/tokens.css",
    "css/base.css",
    "css/components.css",
    "admin/css/widgets.css",
    "admin/css/vendor/select2/select2.min.css",
    "admin/css/autocomplete.css",
    "css/admin.css",
    "css/admin_desk.css",
    "css/message_kinds.css",
    "css/print.css",
)
ADMIN_SCRIPTS = (
    "admin/js/vendor/jquery/jquery.min.js",
    "admin/js/vendor/select2/select2.full.min.js",
    "admin/js/vendor/select2/i18n/zh-CN.js",
    "admin/js/jquery.init.js",
    tuple(  # they call one another's functions
        f"admin/js/{name}.js"
        for name in (
            "core",
            "admin/RelatedObjectLookups",
            "actions",
            "calendar",
            "admin/DateTimeShortcuts",
            "autocomplete",
            "inlines",
            "filters",
        )
    ),
    *(f"js/{name}.js" for name in ("portal", "letters", "admin")),
)

STATIC_BUNDLES = {
    "bundles/portal.css": [f"css/{name}.css" for name in STYLES],
    "bundles/portal.js": [f"js/{name}.js" for name in SCRIPTS],
    "bundles/admin.css": list(ADMIN_STYLES),
    "bundles/admin.js": list(ADMIN_SCRIPTS),
}
