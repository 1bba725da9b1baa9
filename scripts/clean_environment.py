"""The environment of checks and tests: the settings of tests/, nobody's own."""

import os

# A value left in somebody's shell must not decide whether the tests pass.
SETTINGS = {
    "ADMIN_URL", "ALLOWED_HOSTS", "BEAT_SECONDS", "CELERY_BROKER_URL",
    "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEBUG", "DEFAULT_FROM_EMAIL",
    "DEMO_PASSWORD", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "HOST", "LOG_LEVEL",
    "MAIL_OUTBOX", "MEDIA_ROOT", "PORT", "REDIS_URL", "SECRET_KEY", "SITE_URL",
    "STATIC_ROOT", "TRUSTED_PROXY_COUNT", "VAR_DIR", "WEB_CONCURRENCY",
}  # fmt: skip
OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"}


def test_environment(**values: str) -> dict[str, str]:
    """The environment without settings of this shell, plus the values given."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in SETTINGS | OF_MAKE
    }
    return {**kept, "DJANGO_SETTINGS_MODULE": "tests.settings", **values}
