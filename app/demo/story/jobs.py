"""What people of each unit do for a living, and the further roles that somebody there holds."""

from app.demo.story.organisation import LED_FROM, ROOT, DemoUnit

LEADERS = {
    "region": "Dyrektor regionu",
    "department": "Dyrektor departamentu",
    "branch": "Kierownik oddziału",
    "team": "Kierownik zespołu",
}
LED_FROM_SECOND_CHAIR = {lower: above for above, lower in LED_FROM.items()}
SECOND_CHAIRS = {
    ROOT: "Prezes zarządu",
    "ITE": "Dyrektor departamentu",
    "OPE": "Dyrektor departamentu",
}
DEPUTY = "Zastępca kierownika oddziału"
REGION = ("Specjalista ds. sprzedaży", "Koordynator placówek", "Partner HR", "Analityk", "Specjalista ds. jakości")
BRANCH = (
    "Doradca klienta",
    "Doradca klienta",
    "Starszy doradca klienta",
    "Kasjer-dyspozytor",
    "Kasjer-dyspozytor",
    "Doradca ds. kredytów hipotecznych",
    "Doradca klienta biznesowego",
)
HEAD_OFFICE = {
    "ZAR": ("Członek zarządu", "Asystent zarządu", "Prawnik", "Specjalista ds. komunikacji"),
    "LUD": ("Specjalista ds. rekrutacji", "Specjalista ds. kadr i płac", "Specjalista ds. rozwoju ludzi", "Trener"),
    "CXP": ("Analityk CX", "Badacz doświadczeń klienta", "Projektant usług", "Specjalista ds. programu CX"),
    "FIR": ("Analityk ryzyka", "Księgowy", "Kontroler finansowy", "Specjalista ds. zgodności", "Audytor"),
    "ITE-ROZ": ("Programista", "Starszy programista", "Tester", "Analityk systemowy", "Projektant UX"),
    "ITE-UTR": ("Administrator systemów", "Inżynier sieci", "Specjalista ds. bezpieczeństwa", "Wsparcie użytkowników"),
    "OPE-ROZ": ("Specjalista ds. rozliczeń", "Starszy specjalista ds. rozliczeń"),
    "OPE-BOK": ("Specjalista ds. obsługi kredytów", "Analityk kredytowy"),
    "OPE-ARC": ("Archiwista",),
    "COK": ("Trener jakości", "Planista grafików", "Analityk"),
    "COK-INF": ("Konsultant infolinii", "Konsultant infolinii", "Starszy konsultant infolinii", "Lider zmiany"),
    "COK-CZA": ("Konsultant czatu", "Specjalista ds. bankowości mobilnej"),
    "COK-REK": ("Specjalista ds. reklamacji", "Starszy specjalista ds. reklamacji"),
    "COK-HIP": ("Doradca ds. kredytów hipotecznych", "Analityk hipoteczny", "Koordynator procesu"),
    "COK-UKR": ("Konsultant dwujęzyczny",),
}

# `hr` without a unit: an HR partner sees the region in which she sits.
ROLES_OF_JOBS = {"Partner HR": "hr", "Trener": f"trainer@{ROOT}", "Członek zarządu": f"leadership@{ROOT}"}


def led_from(unit: str, chair: int) -> str:
    """The unit that is led from this chair: the first leads its own, a second may lead one above; "" for none."""
    return unit if chair == 0 else LED_FROM_SECOND_CHAIR.get(unit, "") if chair == 1 else ""


def job_in(place: DemoUnit, chair: int) -> str:
    led = led_from(place.code, chair)
    if led:
        return LEADERS[place.kind] if led == place.code else SECOND_CHAIRS[led]
    jobs = {"region": REGION, "branch": BRANCH}.get(place.kind) or HEAD_OFFICE[place.code]
    return jobs[chair % len(jobs)]


def roles_in(place: DemoUnit, chair: int) -> str:
    """Roles held from a chair, in the notation of the import: `role@UNIT`, or the person's own unit."""
    led = led_from(place.code, chair)
    if led == ROOT:
        return f"manager@{ROOT}, leadership@{ROOT}"
    if led:
        return "manager" if led == place.code else f"manager@{led}"
    return ROLES_OF_JOBS.get(job_in(place, chair), "")
