"""What a company can bring about its units and its people."""

from flask_babel import lazy_gettext as _l

from app.core.imports import Column, ImportKind
from app.core.permissions import Permission
from app.people.imports.employee_undoing import EmployeeUndoing
from app.people.imports.employees import EmployeeLoader
from app.people.imports.unit_undoing import UnitUndoing
from app.people.imports.units import UnitLoader
from app.people.queries import unit_codes

UNIT_COLUMNS = (
    Column("code", _l("Code"), required=True, names=("unit code", "kod", "код"), example="KR-RYNEK"),
    Column("name", _l("Name"), required=True, names=("unit name", "nazwa", "название"), example="Kraków Rynek"),
    Column(
        "parent_code",
        _l("Code of the unit above"),
        names=("parent", "kod nadrzędny", "jednostka nadrzędna", "код вышестоящего"),
        example="POLUDNIE",
    ),
    Column("kind", _l("Kind"), names=("type", "rodzaj", "typ", "тип", "вид"), example=_l("branch")),
    Column(
        "valid_from", _l("First day"), names=("from", "od", "obowiązuje od", "с", "действует с"), example="2025-01-01"
    ),
    Column(
        "valid_to",
        _l("Ends on (first day after)"),
        names=("to", "do", "obowiązuje do", "по", "действует по"),
        example="",
    ),
    Column("country", _l("Country"), names=("kraj", "страна"), example="PL"),
    Column("location", _l("Place"), names=("city", "miejscowość", "miasto", "город"), example="Kraków"),
)


EMPLOYEE_COLUMNS = (
    Column("email", _l("E-mail address"), names=("mail", "adres e-mail", "эл. почта"), example="ewa@example.org"),
    Column("employee_number", _l("Employee number"), names=("nr pracownika", "табельный номер"), example="10442"),
    Column(
        "name", _l("Full name"), required=True, names=("employee", "imię i nazwisko", "фио"), example="Ewa Kowalska"
    ),
    Column(
        "unit_code",
        _l("Unit code"),
        required=True,
        names=("unit", "kod jednostki", "jednostka", "код подразделения"),
        example="KR-RYNEK",
    ),
    Column(
        "manager",
        _l("Line manager (e-mail address or number)"),
        names=("line manager", "przełożony", "руководитель"),
        example="marek@example.org",
    ),
    Column("job", _l("Job"), names=("position", "stanowisko", "должность"), example=_l("Adviser")),
    Column("language", _l("Language"), names=("język", "язык"), example="pl"),
    Column("time_zone", _l("Time zone"), names=("strefa czasowa", "часовой пояс"), example="Europe/Warsaw"),
    Column("starts_on", _l("First day"), names=("hired", "data zatrudnienia", "дата приёма"), example="2024-03-01"),
    Column(
        "ends_on", _l("Ends on (first day after)"), names=("left", "do", "data odejścia", "дата увольнения"), example=""
    ),
    Column("role", _l("Roles"), names=("roles", "rola", "роль"), example="manager, hr@KRAKOW"),
)


KINDS = [
    ImportKind(
        name="units",
        label=_l("Units"),
        permission=Permission.UNIT_IMPORT,
        columns=UNIT_COLUMNS,
        loader=UnitLoader,
        constants=("parent_code", "kind", "valid_from", "country"),
        shown_at="people.list_units",
        codes=unit_codes,
        undoing=UnitUndoing,
    ),
    ImportKind(
        name="employees",
        label=_l("Employees"),
        permission=Permission.EMPLOYEE_IMPORT,
        columns=EMPLOYEE_COLUMNS,
        loader=EmployeeLoader,
        constants=("unit_code", "language", "time_zone", "starts_on"),
        shown_at="people.list_employees",
        codes=unit_codes,
        undoing=EmployeeUndoing,
        is_of_people=True,
    ),
]
