"""The named people of the demo: who they are in the story, and what a visitor sees when signing in as each."""

from typing import NamedTuple

from app.core.imports import N_
from app.demo.story.organisation import RISING, ROOT

DOMAIN = "demo.example"


class Player(NamedTuple):
    """A named person's place: `chair` 0 leads the unit. No language: the demo speaks the visitor's."""

    name: str
    unit: str
    chair: int
    job: str
    role: str = ""
    language: str = ""


CAST = {
    "ewa": Player("Ewa Zielińska", RISING, 1, "Doradca klienta"),
    "marek": Player("Marek Kowalczyk", RISING, 0, "Kierownik oddziału", "manager"),
    "hanna": Player("Hanna Wróblewska-Jabłońska", "LUD", 1, "Specjalista ds. rozwoju ludzi", f"hr@{ROOT}"),
    "leon": Player("Leon Sadowski", "ZAR", 2, "Członek zarządu", f"leadership@{ROOT}"),
    "celina": Player("Celina Pietrzak", "CXP", 1, "Lider programu CX", f"cx_lead@{ROOT}"),
    "adam": Player("Adam Nowak", "ITE-UTR", 1, "Administrator systemów", f"administrator@{ROOT}"),
    "trina": Player("Trina Walsh-Kamińska", "LUD", 2, "Trener", f"trainer@{ROOT}", "en"),
    "obcy": Player("Oleh Tkachenko", "SZC-CEN", 1, "Doradca klienta", language="ru"),
}

# Who to sign in as: address, role, and what that person comes for.
PEOPLE = [
    (
        f"ewa@{DOMAIN}",
        N_("Employee"),
        N_("Ewa advises customers at the branch Kraków Rynek and sees how her team and its customers are doing."),
    ),
    (
        f"marek@{DOMAIN}",
        N_("Manager"),
        N_("Marek leads Kraków Rynek, where the team's score rose after a training and the customers' followed."),
    ),
    (
        f"hanna@{DOMAIN}",
        N_("HR"),
        N_("Hanna looks after people in the whole bank and sees which teams need attention."),
    ),
    (
        f"leon@{DOMAIN}",
        N_("Leadership"),
        N_("Leon sits on the board and compares regions and branches."),
    ),
    (
        f"celina@{DOMAIN}",
        N_("CX lead"),
        N_("Celina runs the customer programme and looks for what goes with happy customers."),
    ),
    (
        f"adam@{DOMAIN}",
        N_("Administrator"),
        N_("Adam brings in units, people and feedback, and looks after accounts."),
    ),
    (
        f"trina@{DOMAIN}",
        N_("Trainer"),
        N_("Trina trains teams all over the bank and uses Rezonans in English."),
    ),
    (
        f"obcy@{DOMAIN}",
        N_("Employee of another unit"),
        N_("Oleh works in Szczecin, far from Kraków, uses Rezonans in Russian and must not see what is not his."),
    ),
]
