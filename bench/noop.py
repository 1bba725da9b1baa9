"""The least a Celery task can do."""

import os

from celery import Celery

app = Celery("noop", broker=os.environ["CELERY_BROKER_URL"])
app.conf.task_ignore_result = True


@app.task(name="noop")
def noop() -> None:
    """Nothing."""
