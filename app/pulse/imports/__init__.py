"""What a company can bring about its own people's answers: one row an answer, or one row a group."""

from flask_babel import lazy_gettext as _l

from app.core.bands import BANDS
from app.core.imports import Column, ImportKind
from app.core.permissions import Permission
from app.people.queries import unit_codes
from app.pulse.imports.loader import ResultLoader
from app.pulse.imports.undoing import ResultUndoing

COLUMNS = (
    Column(
        "unit_code",
        _l("Unit code"),
        required=True,
        names=("unit", "branch code", "kod jednostki", "jednostka", "код подразделения", "подразделение"),
        example="KR-RYNEK",
    ),
    Column(
        "period",
        _l("Period"),
        required=True,
        names=("quarter", "okres", "kwartał", "период", "квартал"),
        example="2026-Q3",
    ),
    Column("question", _l("Question"), names=("measure", "pytanie", "miara", "вопрос", "показатель"), example="enps"),
    Column("score", _l("Score"), names=("answer", "ocena", "odpowiedź", "оценка", "ответ"), example="9"),
    Column("promoters", _l("Promoters"), names=("promotorzy", "промоутеры"), example="19"),
    Column("passives", _l("Passives"), names=("neutralni", "pasywni", "нейтралы", "пассивные"), example="8"),
    Column("detractors", _l("Detractors"), names=("krytycy", "критики", "детракторы"), example="3"),
    Column("mean", _l("Mean"), names=("average", "średnia", "среднее"), example="7.4"),
    Column("n", _l("Number of answers"), names=("answers", "liczba odpowiedzi", "число ответов"), example="30"),
    Column(
        "headcount",
        _l("Headcount"),
        names=("employees", "zatrudnienie", "liczba osób", "численность"),
        example="34",
    ),
)


KINDS = [
    ImportKind(
        name="results",
        label=_l("Employee results"),
        permission=Permission.RESULT_IMPORT,
        columns=COLUMNS,
        loader=ResultLoader,
        constants=("period", "question", "unit_code"),
        shown_at="pulse.list_drafts",
        is_private=True,
        codes=unit_codes,
        undoing=ResultUndoing,
        is_flipped=True,
        replaces_whole=True,
        asks_scale=True,
        figures=("score", "mean", *BANDS),
    )
]
