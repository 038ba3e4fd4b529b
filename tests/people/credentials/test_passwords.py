import pytest
from flask import Flask

from app.people.credentials.passwords import LONGEST, _hasher, fault_of, hash_password, matches

OWN = ("ewa.kowalska@bank-wisla.example", "Ewa Kowalska", "Bank Wisła")


@pytest.mark.parametrize(
    "password",
    [
        "rezonans2026",
        "Rezonans2026!",
        "R3z0n4ns!2026",
        "password1234",
        "P@ssw0rd12345",
        "passwordpassword",
        "qwertyuiop12",
        "123456789012",
        "aaaaaaaaaaaa",
        "abababababab",
        "zaq12wsxcde3",
        "hasło12345678",
        "MojeHaslo2026",
        "пароль123456",
        "йцукенгшщзхъ",
        "Kowalska2026",
        "EwaKowalska12",
        "bankwisla2026",
        "bank Wisła 1234",
        "Lato2026Krakow!",
        "iloveyou1234567",
    ],
)
def test_common_passwords_and_ones_own_names_are_refused(app: Flask, password: str) -> None:
    assert fault_of(password, OWN) is not None


@pytest.mark.parametrize(
    "password",
    [
        "seven green bicycles",
        "siedem zielonych rowerów",
        "семь зелёных велосипедов",
        "kV9#tq2Lm!x7",
        "849204857261",
        " spaces at both ends ",
        "x" * LONGEST,
        "Krakow likes my bicycle",
    ],
)
def test_long_and_own_passwords_are_taken(app: Flask, password: str) -> None:
    assert fault_of(password, OWN) is None


def test_length_has_two_ends(app: Flask) -> None:
    assert fault_of("kV9#tq2Lm!x") is not None
    assert fault_of("x" * (LONGEST + 1)) is not None


def test_a_password_is_taken_as_typed(app: Flask) -> None:
    with app.app_context():
        stored = hash_password(" seven green bicycles ")
        assert matches(stored, " seven green bicycles ")
        assert not matches(stored, "seven green bicycles")


def test_the_real_parameters_are_owasps() -> None:
    hasher = _hasher(False)
    assert (hasher.memory_cost, hasher.time_cost, hasher.parallelism) == (19 * 1024, 2, 1)
