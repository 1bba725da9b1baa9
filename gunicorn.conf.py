"""How gunicorn runs; options on the command line and in GUNICORN_CMD_ARGS win.

WEB_CONCURRENCY gives the number of worker processes.
"""

from xiangcheng_portal.settings import LOGGING

worker_class = "gthread"
threads = 8
preload_app = True  # one start of Django, shared by all processes
graceful_timeout = 30
timeout = 120  # photos come in slowly by telephone
keepalive = 5
max_requests = 10_000
max_requests_jitter = 1_000
accesslog = None  # the portal tells each request itself (core/request_log.py)
logconfig_dict = LOGGING
