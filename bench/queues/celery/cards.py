"""The cards as Celery tasks: a task's last word tells the orchestrator, through a list on the same Redis, that it is done."""

import os

import redis
from celery import Celery

URL = os.environ["BENCH_REDIS"]
DONE = "done"

app = Celery("cards", broker=URL)
app.conf.task_ignore_result = True
app.conf.task_acks_late = True
app.conf.worker_prefetch_multiplier = 1

store = redis.Redis.from_url(URL)


@app.task(name="card")
def card(number: int, payload: str) -> None:
    store.rpush(DONE, number)
