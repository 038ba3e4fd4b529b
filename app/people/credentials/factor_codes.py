"""Codes of the second factor: the app's (TOTP, RFC 6238), and recovery codes (security.md A7)."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp

from app.core.sealing import Opened, opened_for, seal_for

STEP = 30  # seconds for which an app shows a code
WINDOW = (-1, 0, 1)  # steps: clocks differ a little, and typing takes its time
PURPOSE = "second factors"
RECOVERY_CODES, RECOVERY_BYTES = 10, 15


def new_seed() -> str:
    return pyotp.random_base32()  # 160 bits, as RFC 4226 asks


def address_of(seed: str, name: str, issuer: str) -> str:
    """What the QR code says. A colon would end the issuer's name in some apps."""
    return pyotp.TOTP(seed).provisioning_uri(name=name, issuer_name=issuer.replace(":", " "))


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def matching_step(seed: str, typed: str, now: datetime, *, after: int = 0) -> int | None:
    """The step of which this is the code, when it is a later one than the last that was taken."""
    code, clock = only_signs(typed), pyotp.TOTP(seed, interval=STEP)
    steps = [step_of(now) + shift for shift in WINDOW]
    # All are compared, so that the time it takes says nothing of which one was near.
    fitting = [step for step in steps if hmac.compare_digest(clock.generate_otp(step).encode(), code.encode())]
    return next((step for step in fitting if step > after), None)


def only_signs(typed: str) -> str:
    """People type codes in groups, with spaces or hyphens, in small letters."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def seal(seed: str, account_id: int) -> bytes:
    return seal_for(_owner(account_id), seed, PURPOSE)


def unseal(sealed: bytes, account_id: int) -> str | None:
    found = opened(sealed, account_id)
    return found.text if found else None


def opened(sealed: bytes, account_id: int) -> Opened | None:
    return opened_for(_owner(account_id), sealed, PURPOSE)


def _owner(account_id: int) -> str:
    return f"account {account_id}"


def new_recovery_code() -> str:
    """24 letters and digits in groups of four: 120 bits, and no 0, 1, 8 or 9 that looks like something else."""
    return in_groups(base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode())


def in_groups(text: str) -> str:
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def recovery_hash(typed: str) -> bytes:
    return hashlib.sha256(only_signs(typed).encode()).digest()
