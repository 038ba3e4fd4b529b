"""Huey carries job ids from web to worker: over Redis where there is one, else over a file of its own.

A message is one number. A pickle would make writing to the queue the same as running code (security.md F3).
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from config import Config

if TYPE_CHECKING:
    from huey import Huey

TASK = f"{__name__}.run_job"  # Huey calls a task by module and name


class OneNumber:
    """Huey's serializer. Only the job's id travels; the rest of the message is the same for every job."""

    def serialize(self, message: Any) -> bytes:
        return str(int(message.args[0])).encode()

    def deserialize(self, data: bytes) -> Any:
        from huey.registry import Message  # noqa: PLC0415 - large, see `Carrier`

        return Message(id=str(uuid4()), name=TASK, retries=0, retry_delay=0, args=(int(data),), kwargs={})


class Carrier:
    """Huey, made when the first job is carried: it loads clients of databases, and few web workers ever need it."""

    def __init__(self, config: Config, run: Callable[[int], None]) -> None:
        self._config, self._run = config, run

    @cached_property
    def huey(self) -> "Huey":
        return carrier(self._config, self._run)

    def carry(self, job_id: int) -> None:
        self.huey.carry(job_id)

    def pending_count(self) -> int:
        return int(self.huey.pending_count())

    def create_consumer(self, **options: Any) -> Any:
        return self.huey.create_consumer(**options)


def carrier(config: Config, run: Callable[[int], None]) -> "Huey":
    """The queue, with its one task: run the job of this id."""
    from huey import RedisHuey, SqliteHuey  # noqa: PLC0415 - large, see `Carrier`

    if config.redis_url:
        huey = RedisHuey("rezonans", url=config.redis_url, results=False, serializer=OneNumber())
    else:
        huey = SqliteHuey("rezonans", filename=str(config.data / "queue.sqlite"), results=False, serializer=OneNumber())

    def run_job(job_id: int) -> None:
        run(job_id)

    huey.carry = huey.task()(run_job)
    return huey
