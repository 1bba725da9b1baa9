"""The environment of checks and tests, free of settings left in a shell."""

import os

SETTINGS = {
    "AGREEMENT_ENDING_DAYS", "HONOR_CHECK_OPENS_DAYS", "TASK_DUE_SOON_DAYS",
    "ADMIN_URL", "ALLOWED_HOSTS", "BEAT_SECONDS", "CELERY_BROKER_URL",
    "CSRF_TRUSTED_ORIGINS", "DATABASE_URL", "DEBUG", "DEFAULT_FROM_EMAIL",
    "DISABLE_SERVER_SIDE_CURSORS", "DISK_FREE_MB", "PRIVATE_FILES_VIA",
    "DEMO_PASSWORD", "DISTRICT_NAME", "DJANGO_SETTINGS_MODULE", "EMAIL_URL",
    "HOLIDAYS_FILE", "HOST",
    "LOG_FORMAT", "LOG_LEVEL", "MAIL_OUTBOX", "MEDIA_ROOT", "PHONE_VERIFICATION",
    "PORT",
    "PORTAL_NAME", "OFFER_FREEZE_HOURS", "OFFER_LEAST_HOURS", "OFFER_MOST_HOURS",
    "CERTIFICATE_ISSUER", "CHECK_IN_HOURS", "CHECK_OUT_HOURS", "CODE_SECONDS",
    "DAY_MINUTES_DIRECT", "DAY_MINUTES_SUPERIOR", "INVITATIONS_A_SHIFT",
    "LATE_ENTRY_DAYS", "SETTLE_REMINDER_DAYS", "SETTLE_WORKING_DAYS",
    "CHAT_ROBOTS", "DAILY_MESSAGES", "DIGEST_AT", "MESSAGE_FILE", "SMS_TOKEN",
    "SMS_URL", "WECOM_HOST", "DINGTALK_HOST", "FEISHU_HOST",
    "REPORT_CSV_ROWS_AT_ONCE", "REPORT_XLSX_ROWS_AT_ONCE",
    "UNDERSTAFFED_HOURS", "REDIS_URL", "REMINDER_STALE_HOURS",
    "SECRET_KEY", "SECURITY_CONTACT", "SHIFT_REMINDER_HOURS", "SIGNUP_CLOSES_HOURS",
    "SITE_URL", "STATEMENT_TIMEOUT_MS", "STATIC_ROOT", "TRUSTED_PROXY_COUNT", "VAR_DIR",
    "WEB_CONCURRENCY",
}  # fmt: skip
OF_MAKE = {"MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS"}


def clean_environment(**values: str) -> dict[str, str]:
    """The environment without the portal's settings and make's, plus the values."""
    dropped = SETTINGS | OF_MAKE
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**kept, **values}


def tests_environment(**values: str) -> dict[str, str]:
    """The clean environment with the settings of the tests."""
    return clean_environment(DJANGO_SETTINGS_MODULE="tests.settings", **values)
