"""Addresses in mail and on paper: from PUBLIC_URL only, never from the Host that a request happens to name (E4)."""

from urllib.parse import urlsplit

from flask import current_app

from config import Config, is_loopback


def base_url() -> str:
    """What people type. Without PUBLIC_URL it is this machine's own address, good for a trial on it."""
    config: Config = current_app.config["REZONANS"]
    return config.public_url or f"http://127.0.0.1:{config.port}"


def is_only_here() -> bool:
    """Whether such addresses open on this machine alone."""
    return is_loopback(urlsplit(base_url()).hostname or "")


def link_to(path: str) -> str:
    return base_url() + path
