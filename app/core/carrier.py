"""Huey carries job ids from web to worker: over Redis where there is one, else over a file of its own.

A message is one number. A pickle would make writing to the queue the same as running code (security.md F3).
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from huey import Huey, RedisHuey, SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from config import Config

TASK = f"{__name__}.run_job"  # Huey calls a task by module and name


class OneNumber(Serializer):
    """Only the job's id travels; the rest of Huey's message is the same for every job."""

    def _serialize(self, data: Any) -> bytes:
        return str(int(data.args[0])).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(id=str(uuid4()), name=TASK, retries=0, retry_delay=0, args=(int(data),), kwargs={})


def carrier(config: Config, run: Callable[[int], None]) -> Huey:
    """The queue, with its one task: run the job of this id."""
    if config.redis_url:
        huey = RedisHuey("rezonans", url=config.redis_url, results=False, serializer=OneNumber())
    else:
        huey = SqliteHuey("rezonans", filename=str(config.data / "queue.sqlite"), results=False, serializer=OneNumber())

    def run_job(job_id: int) -> None:
        run(job_id)

    huey.carry = huey.task()(run_job)
    return huey
