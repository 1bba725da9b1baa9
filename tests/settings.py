"""Settings of the test runs: the portal's own, with values a test needs."""

import atexit
import os
import shutil
import tempfile

_SCRATCH = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, _SCRATCH, ignore_errors=True)

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,127.0.0.1,localhost")
os.environ.setdefault("EMAIL_URL", "memorymail://")
os.environ.setdefault("MEDIA_ROOT", f"{_SCRATCH}/media")
os.environ.setdefault("CELERY_BROKER_URL", "memory://")
os.environ.setdefault("CHAT_ROBOTS", "1")
# A value of its own for the database, so that a developer's .env does not reach it.
os.environ.setdefault("DATABASE_URL", "sqlite:///var/portal.sqlite3")

from xiangcheng_portal.settings import *  # noqa: E402, F403
from xiangcheng_portal.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not shared memory: threads must meet the locks of real life.
    DATABASES["default"]["TEST"] = {"NAME": f"{_SCRATCH}/test.sqlite3"}
STATIC_ROOT = f"{_SCRATCH}/static"
os.makedirs(STATIC_ROOT)  # WhiteNoise warns of a missing folder
LOG_LEVEL = "WARNING"
