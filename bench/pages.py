"""What a page costs beside the floor: CPU time of the server's processes per request, medians of alternating runs."""

import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.floor import fill
from bench.servers import Server

RUNS, REQUESTS = 7, 60


@dataclass(frozen=True)
class Cost:
    name: str
    milliseconds: float
    floor_milliseconds: float
    size: int
    floor_size: int

    @property
    def ratio(self) -> float:
        return self.milliseconds / self.floor_milliseconds

    def line(self) -> str:
        return (
            f"{self.name:<28}{self.milliseconds:7.2f} ms  floor {self.floor_milliseconds:6.2f} ms  "
            f"ratio {self.ratio:5.2f}   {self.size:>7} bytes, floor {self.floor_size:>7}"
        )


def beside_the_floor(name: str, product: Server, floor: Server, path: str) -> Cost:
    body = product.get(path)
    rows = max(1, len(re.findall(rb"<(?:tr|li)\b", body)))
    floor_path = f"/?rows={min(rows, 400)}&bytes={len(body)}"
    floor_size = len(floor.get(floor_path))
    mine, least = alternate(lambda: cpu_per_request(product, path), lambda: cpu_per_request(floor, floor_path))
    return Cost(name, mine, least, len(body), floor_size)


def alternate(first: Callable[[], float], second: Callable[[], float]) -> tuple[float, float]:
    """A B A B …: the medians of both, so that a slow minute of the machine hits them alike. One run each to warm up."""
    first(), second()
    pairs = [(first(), second()) for _ in range(RUNS)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def cpu_per_request(server: Server, path: str) -> float:
    before = server.cpu_seconds()
    for _ in range(REQUESTS):
        server.get(path)
    return (server.cpu_seconds() - before) / REQUESTS * 1000


def floor_environment(folder: Path, database_url: str = "") -> dict[str, str]:
    url = database_url or f"sqlite:///{folder / 'floor.sqlite'}"
    fill(url)
    return {"FLOOR_DATABASE_URL": url}
