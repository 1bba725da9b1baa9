"""The Celery application; what runs when stands in settings.CELERY_BEAT_SCHEDULE."""

import os

from celery import Celery
from celery.signals import worker_init

from core.beat_watch import BeatWatch
from core.origins import be_the_worker
from core.task_log import connect_task_log

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiangcheng_portal.settings")

app = Celery("xiangcheng_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(BeatWatch)
connect_task_log()
worker_init.connect(be_the_worker)
