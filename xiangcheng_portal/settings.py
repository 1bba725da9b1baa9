"""Settings of the portal; every deploy value comes from the environment.

Safe by default: without DEBUG the portal refuses to start with a missing or short
SECRET_KEY. `.env` in the project folder is read when present; `.env.example` lists
all names.
"""

from datetime import datetime
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from xiangcheng_portal.bundles import STATIC_BUNDLES  # noqa: F401 (core.bundles)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.FileAwareEnv()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")


def env_list(name: str, default: str = "") -> list[str]:
    """A comma-separated value without blanks and empty parts."""
    return [part.strip() for part in env.str(name, default).split(",") if part.strip()]


# Mode ------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
if len(SECRET_KEY) < 50:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is missing or shorter than 50 characters. Set it in the "
            "environment or in .env (python -c 'import secrets; "
            "print(secrets.token_urlsafe(50))')."
        )
    SECRET_KEY = SECRET_KEY or "only-for-development-" + "x" * 40

SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).netloc:
    raise ImproperlyConfigured("SITE_URL must be like https://portal.example.cn")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", urlsplit(SITE_URL).hostname)
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", SITE_URL)
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# Applications ----------------------------------------------------------------
INSTALLED_APPS = [
    "xiangcheng_portal",
    "reports",
    "volunteers",
    "campaigns",
    "communities",
    "accounts",
    "core",
    "communities.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    # First, so that no answer leaves without it: static files, refusals, failures.
    "csp.middleware.CSPMiddleware",
    "core.middleware.RequestIdMiddleware",
    "core.request_log.RequestLogMiddleware",
    "core.middleware.BodyLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.HtmxSignInMiddleware",
    "core.middleware.PrivateCacheMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "xiangcheng_portal.urls"
WSGI_APPLICATION = "xiangcheng_portal.wsgi.application"
FORM_RENDERER = "core.forms.PortalFormRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "xiangcheng_portal.navigation.navigation",
            ],
        },
    }
]
ADMIN_URL = env.str("ADMIN_URL", "admin/").strip("/") + "/"

# Database --------------------------------------------------------------------
DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}", engine=None
    )
}
DATABASE = DATABASES["default"]
DATABASE["CONN_MAX_AGE"] = 300
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASE["ATOMIC_REQUESTS"] = False  # with IMMEDIATE every GET would lock SQLite
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE.setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        init_command=(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000;"
            "PRAGMA journal_size_limit=27103364;"
        ),
    )
else:
    DATABASE.setdefault("OPTIONS", {}).setdefault(
        "options", f"-c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', 15000)}"
    )
    # Behind a PgBouncer that pools transactions a cursor does not outlive one.
    DATABASE["DISABLE_SERVER_SIDE_CURSORS"] = env.bool(
        "DISABLE_SERVER_SIDE_CURSORS", False
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The cache holds sign-in limits; in the database they are shared by all processes
# and still hold when Redis is down. Above MAX_ENTRIES Django throws out entries that
# still hold, by the letters of their keys: with its 300 a crowd would lift the limits.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Sign-in ---------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "signup": "accounts.forms.SignupForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_phone": "accounts.forms.ChangePhoneForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
ACCOUNT_LOGIN_METHODS = {"phone", "email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["phone", "email", "password1*", "password2*"]
# Signing up asks for no user name: officials are given one, others get a made one.
SILENCED_SYSTEM_CHECKS = ["account.W001"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "【芗城创城】"
ACCOUNT_PHONE_VERIFICATION_ENABLED = env.bool("PHONE_VERIFICATION", False)
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_USERNAME_BLACKLIST = ["admin", "root", "system"]
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "signup": "60/m/ip",
    # Codes by SMS: nobody's phone is flooded, from however many addresses.
    "verify_phone": "1/30s/key,5/h/key,10/d/key,3/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
SESSION_COOKIE_AGE = 14 * 24 * 3600

# Transport and content policy ------------------------------------------------
HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
if TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],  # neither frames nor fonts, media or plugins
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# Language and time -----------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文"))]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# Files -----------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.bundles.BundleFinder",
]
BUNDLES_ROOT = VAR_DIR / "bundles"  # for development; production collects them
MEDIA_ROOT = env.str("MEDIA_ROOT", str(VAR_DIR / "media"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
# Below so many free megabytes /readyz calls the disk low.
DISK_FREE_MB = env.int("DISK_FREE_MB", 2048)
# "stream": the portal sends private files itself; "nginx": it checks who asks and has
# nginx send them from an internal location (X-Accel-Redirect).
PRIVATE_FILES_VIA = env.str("PRIVATE_FILES_VIA", "stream")
if PRIVATE_FILES_VIA not in {"stream", "nginx"}:
    raise ImproperlyConfigured("PRIVATE_FILES_VIA must be stream or nginx")

# Mail ------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", "filemail://")
vars().update(EMAIL_CONFIG)
if EMAIL_CONFIG["EMAIL_BACKEND"].endswith("filebased.EmailBackend"):
    EMAIL_FILE_PATH = str(env.str("MAIL_OUTBOX", str(VAR_DIR / "outbox")))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "芗城创城 <portal@localhost>")
# Who reads reports of weaknesses: a mailto:, tel: or https: address.
SECURITY_CONTACT = env.str(
    "SECURITY_CONTACT", f"mailto:{parseaddr(DEFAULT_FROM_EMAIL)[1]}"
)

# Messages --------------------------------------------------------------------
# Besides mail: an SMS gateway, the chat robots of WeCom, DingTalk and Feishu, and a
# file for development. A channel without its setting is off.
SMS_URL = env.str("SMS_URL", "")
SMS_TOKEN = env.str("SMS_TOKEN", "")
CHAT_ROBOTS = env.bool("CHAT_ROBOTS", False)
# Where the robots' webhooks live; an installation of one's own takes another host.
ROBOT_HOSTS = {
    "wecom": env.str("WECOM_HOST", "https://qyapi.weixin.qq.com").rstrip("/"),
    "dingtalk": env.str("DINGTALK_HOST", "https://oapi.dingtalk.com").rstrip("/"),
    "feishu": env.str("FEISHU_HOST", "https://open.feishu.cn").rstrip("/"),
}
MESSAGE_FILE = env.str("MESSAGE_FILE", "")
# Messages a day that go out one by one; the rest goes into one at this time.
DAILY_MESSAGES = env.int("DAILY_MESSAGES", 3)
if DAILY_MESSAGES < 0:
    raise ImproperlyConfigured("DAILY_MESSAGES must be 0 or more")
try:
    DIGEST_AT = datetime.strptime(env.str("DIGEST_AT", "18:00"), "%H:%M").time()
except ValueError as error:
    raise ImproperlyConfigured("DIGEST_AT must be a time like 18:00") from error

# Celery: the database is the truth, the broker only a doorbell ---------------
CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL", env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_max": 0.2,
}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # worker and beat wait for it to be back
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
# Each job runs once in each interval of so many seconds (core/periodic.py).
CELERY_BEAT_SCHEDULER = "core.beat:SlotScheduler"
BEAT_SECONDS = env.int("BEAT_SECONDS", 60)
CELERY_BEAT_SCHEDULE = {
    "plan shift reminders": {
        "task": "volunteers.plan_shift_reminders",
        "schedule": BEAT_SECONDS,
    },
    "let minors go": {"task": "volunteers.let_minors_go", "schedule": BEAT_SECONDS},
    "lapse offers": {"task": "volunteers.lapse_offers", "schedule": BEAT_SECONDS},
    "release open companions": {
        "task": "volunteers.release_open_companions",
        "schedule": BEAT_SECONDS,
    },
    "tell understaffed": {
        "task": "volunteers.tell_understaffed",
        "schedule": BEAT_SECONDS,
    },
    "remind of settlement": {
        "task": "volunteers.remind_of_settlement",
        "schedule": 3600,
    },
    "sweep": {"task": "accounts.sweep", "schedule": BEAT_SECONDS},
    "look for exports": {
        "task": "accounts.look_for_exports",
        "schedule": BEAT_SECONDS,
    },
    "make due reports": {"task": "reports.make_due_reports", "schedule": 600},
    "expire exports": {"task": "accounts.expire_exports", "schedule": 3600},
    "purge drafts": {"task": "accounts.purge_drafts", "schedule": 86_400},
    "apply register changes": {
        "task": "communities.apply_register_changes",
        "schedule": BEAT_SECONDS,
    },
    "end and renew report-ins": {
        "task": "communities.end_and_renew_report_ins",
        "schedule": 3600,
    },
    "expire needs": {"task": "communities.expire_needs", "schedule": 3600},
    "close wishes": {"task": "communities.close_wishes", "schedule": 3600},
    "empty forgotten uploads": {
        "task": "communities.empty_forgotten_uploads",
        "schedule": 3600,
    },
    "escalate overdue tasks": {
        "task": "campaigns.escalate_overdue_tasks",
        "schedule": 3600,
    },
    "remind of agreements": {
        "task": "communities.remind_of_agreements",
        "schedule": 3600,
    },
    "lapse honors": {"task": "campaigns.lapse_honors", "schedule": 3600},
    "end activities that are over": {
        "task": "campaigns.end_activities",
        "schedule": BEAT_SECONDS,
    },
    "freeze campaigns": {"task": "campaigns.freeze_campaigns", "schedule": 3600},
    "tell of overdue whistles": {
        "task": "campaigns.tell_overdue_whistles",
        "schedule": BEAT_SECONDS,
    },
    "close unrated whistles": {
        "task": "campaigns.close_unrated_whistles",
        "schedule": BEAT_SECONDS,
    },
    "erase contacts of whistles": {
        "task": "campaigns.erase_whistle_contacts",
        "schedule": 3600,
    },
    "seal the audit log": {"task": "core.seal_audit", "schedule": BEAT_SECONDS},
    "note the audit log's head": {"task": "core.note_audit_head", "schedule": 86_400},
    "sweep the cache": {"task": "core.sweep_cache", "schedule": 3600},
}

# Rules the office can change -------------------------------------------------
DISTRICT_NAME = env.str("DISTRICT_NAME", "芗城区")
PORTAL_NAME = env.str("PORTAL_NAME", "芗城创城协同平台")
SIGNUP_CLOSES_HOURS = env.int("SIGNUP_CLOSES_HOURS", 24)
SHIFT_REMINDER_HOURS = [
    int(hours) for hours in env_list("SHIFT_REMINDER_HOURS", "48,3")
]
REMINDER_STALE_HOURS = env.int("REMINDER_STALE_HOURS", 6)
# Hours before the start from which no freed place is offered any more; how long an
# offer is held: half the time left until then, within these hours (decision 0013).
OFFER_FREEZE_HOURS = env.int("OFFER_FREEZE_HOURS", 2)
OFFER_MOST_HOURS = env.int("OFFER_MOST_HOURS", 24)
OFFER_LEAST_HOURS = env.int("OFFER_LEAST_HOURS", 2)
# Hours before the start at which an organiser is told that too few have signed up.
UNDERSTAFFED_HOURS = [int(hours) for hours in env_list("UNDERSTAFFED_HOURS", "72,24")]
# Check-in opens so many hours before the start, check-out closes so many after the end;
# the code on the screen changes so often.
CHECK_IN_HOURS = env.int("CHECK_IN_HOURS", 2)
CHECK_OUT_HOURS = env.int("CHECK_OUT_HOURS", 2)
CODE_SECONDS = env.int("CODE_SECONDS", 60)
# Minutes a day an organisation confirms itself; above the second, the office does.
DAY_MINUTES_DIRECT = env.int("DAY_MINUTES_DIRECT", 8 * 60)
DAY_MINUTES_SUPERIOR = env.int("DAY_MINUTES_SUPERIOR", 12 * 60)
# Working days until a shift is settled, with the days of the reminders; days in which
# service may be entered late.
SETTLE_WORKING_DAYS = env.int("SETTLE_WORKING_DAYS", 10)
SETTLE_REMINDER_DAYS = [
    int(days) for days in env_list("SETTLE_REMINDER_DAYS", "5,9,10")
]
LATE_ENTRY_DAYS = env.int("LATE_ENTRY_DAYS", 30)
# Days after the settlement in which the person may dispute it.
DISPUTE_DAYS = env.int("DISPUTE_DAYS", 30)
# Whose name stands under a certificate; invitations an organiser may send for a shift.
CERTIFICATE_ISSUER = env.str("CERTIFICATE_ISSUER", "芗城区精神文明建设办公室")
INVITATIONS_A_SHIFT = env.int("INVITATIONS_A_SHIFT", 100)
# The text guardians agree to.
GUARDIAN_CONSENT_VERSION = "2026-11"
PHOTOS_PER_ACTIVITY = 9
# Working days from the start of closing until a campaign's figures are frozen.
CAMPAIGN_CLOSING_DAYS = env.int("CAMPAIGN_CLOSING_DAYS", 10)
# Working days of public notice before an honour is awarded; days after the yearly
# check was due until an honour nobody checked lapses.
HONOR_NOTICE_DAYS = env.int("HONOR_NOTICE_DAYS", 5)
HONOR_CHECK_GRACE_DAYS = env.int("HONOR_CHECK_GRACE_DAYS", 30)
HONOR_NUMBER = env.str("HONOR_NUMBER", "芗文明〔{year}〕{number:03d}号")
# Days before a yearly check is due from which it may be recorded and is recalled.
HONOR_CHECK_OPENS_DAYS = env.int("HONOR_CHECK_OPENS_DAYS", 30)
# Days before the last one at which a task is recalled; days between the steps by
# which an overdue one is told upwards.
TASK_DUE_SOON_DAYS = env.int("TASK_DUE_SOON_DAYS", 3)
TASK_OVERDUE_STEP_DAYS = env.int("TASK_OVERDUE_STEP_DAYS", 3)
# What people shown in honours and stories agree to; days a finished export is kept.
SHOWN_CONSENT_VERSION = "2026-11"
EXPORT_KEPT_DAYS = env.int("EXPORT_KEPT_DAYS", 7)
# A file of a report with so many rows is there within about a second; longer ones are
# made in the background. CSV is sent while it is read.
REPORT_ROWS_AT_ONCE = {
    "xlsx": env.int("REPORT_XLSX_ROWS_AT_ONCE", 5_000),
    "csv": env.int("REPORT_CSV_ROWS_AT_ONCE", 100_000),
}
# Working days a community has to answer a report-in; days before the end of the
# period from which units may report in for the next one.
REPORT_IN_WORKING_DAYS = env.int("REPORT_IN_WORKING_DAYS", 5)
REPORT_IN_RENEWAL_DAYS = env.int("REPORT_IN_RENEWAL_DAYS", 30)
# Working days between the reminder to a unit and the one to its superior.
REPORT_IN_SUPERIOR_DAYS = env.int("REPORT_IN_SUPERIOR_DAYS", 5)
# Days before its last one from which a co-building agreement ends soon.
AGREEMENT_ENDING_DAYS = env.int("AGREEMENT_ENDING_DAYS", 30)
# What stands on slip and receipt; the running number starts anew each year.
REPORT_IN_NUMBER = env.str("REPORT_IN_NUMBER", "芗报〔{year}〕{number:04d}号")
# Days in which only paired units may claim a need or a post.
NEED_PAIRED_FIRST_DAYS = env.int("NEED_PAIRED_FIRST_DAYS", 7)
# When offices work; whistle clocks run in these hours of working days.
WORKING_HOURS = env.str("WORKING_HOURS", "08:00-12:00,14:30-17:30")
WHISTLE_NUMBER = env.str("WHISTLE_NUMBER", "芗哨〔{year}〕{number:04d}号")
# Working hours between the steps by which an overdue whistle is told upwards; working
# days a community has to confirm and rate what was delivered.
WHISTLE_OVERDUE_STEP_HOURS = env.int("WHISTLE_OVERDUE_STEP_HOURS", 7)
WHISTLE_RATING_DAYS = env.int("WHISTLE_RATING_DAYS", 5)
# Days after the end for which a resident's name and phone are kept.
RESIDENT_CONTACT_DAYS = env.int("RESIDENT_CONTACT_DAYS", 30)
# Years of holidays the calendar library does not know yet (core/working_days.py).
HOLIDAYS_FILE = env.str("HOLIDAYS_FILE", "")
CONSENT_VERSION = "2026-11"

# Logs ------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
# "json": an object a line, for machines; "line": text, for a terminal.
LOG_FORMAT = env.str("LOG_FORMAT", "line" if DEBUG else "json")
if LOG_FORMAT not in {"json", "line"}:
    raise ImproperlyConfigured("LOG_FORMAT must be json or line")
# Whoever holds an address below one of these may act: it reaches no log.
SECRET_PATHS = [
    "/consents/",
    "/groups/",
    "/stand-ins/",
    "/guardians/",
    "/calendar/",
    "/codes/",
    "/unsubscribe/",
    "/accounts/password/reset/key/",
    "/accounts/confirm-email/",
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "core.request_ids.RequestIdFilter"},
        "masks": {"()": "core.log_masks.MaskFilter", "prefixes": SECRET_PATHS},
    },
    "formatters": {
        "json": {"()": "core.log_format.JsonFormatter"},
        "line": {"()": "core.log_format.LineFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["request_id", "masks"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": [], "propagate": True},
        "gunicorn.error": {"handlers": [], "propagate": True},
        # core/task_log.py tells each task; these would quote what it returned.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},  # it tells each step of each PDF
        "fontTools": {"level": "ERROR"},
    },
}
