"""Structured logs: endpoint names and ids, never names, addresses, paths or query strings (security.md I2)."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request


def bind_logs(app: Flask) -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # as it is now, not as it was at the start
    )

    @app.before_request
    def start_clock() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        if request.endpoint not in ("static", "home.healthz", None):
            milliseconds = round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1)
            structlog.get_logger().info(
                "request",
                endpoint=request.endpoint,
                method=request.method,
                status=response.status_code,
                ms=milliseconds,
                **({"request_id": g.request_id} if "request_id" in g else {}),
            )
        return response
