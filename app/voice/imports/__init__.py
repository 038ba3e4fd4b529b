"""What a company can bring of its customers' voice: one row an answer, or one row a group."""

from flask_babel import lazy_gettext as _l

from app.core.bands import BANDS
from app.core.imports import Column, ImportKind
from app.core.permissions import Permission
from app.people.queries import unit_codes
from app.voice.imports.loader import FeedbackLoader
from app.voice.imports.undoing import FeedbackUndoing

COLUMNS = (
    Column(
        "unit_code",
        _l("Unit code"),
        required=True,
        names=("unit", "branch code", "store", "kod jednostki", "kod oddziału", "код подразделения", "филиал"),
        example="KR-RYNEK",
    ),
    Column(
        "date",
        _l("Date"),
        names=("answered on", "response date", "data", "data odpowiedzi", "дата", "дата ответа"),
        example="2026-09-30",
    ),
    Column("metric", _l("Metric"), required=True, names=("measure", "miara", "metryka", "метрика"), example="nps"),
    Column("score", _l("Score"), names=("rating", "answer", "ocena", "wynik", "оценка", "балл"), example="9"),
    Column("touchpoint", _l("Touchpoint"), names=("punkt styku", "точка контакта"), example=_l("Counter")),
    Column("channel", _l("Channel"), names=("kanał", "канал"), example="e-mail"),
    Column("comment", _l("Comment"), names=("verbatim", "komentarz", "комментарий"), example=_l("Quick and kind.")),
    Column("language", _l("Language"), names=("język", "язык"), example="pl"),
    Column(
        "external_id",
        _l("Number in the source"),
        names=("id", "response id", "identyfikator", "id odpowiedzi", "номер ответа"),
        example="R-10023",
    ),
    Column("period", _l("Period"), names=("quarter", "okres", "kwartał", "период", "квартал"), example="2026-Q3"),
    Column("promoters", _l("Promoters"), names=("promotorzy", "промоутеры"), example="19"),
    Column("passives", _l("Passives"), names=("neutralni", "pasywni", "нейтралы", "пассивные"), example="8"),
    Column("detractors", _l("Detractors"), names=("krytycy", "критики", "детракторы"), example="3"),
    Column("mean", _l("Mean"), names=("average", "średnia", "среднее"), example="4.2"),
    Column("n", _l("Number of answers"), names=("answers", "liczba odpowiedzi", "число ответов"), example="30"),
    Column(
        "unit_name",
        _l("Name of the unit"),
        names=(
            *("unit name", "branch name", "store name", "shop name", "nazwa jednostki", "nazwa oddziału"),
            *("nazwa sklepu", "nazwa placówki", "название подразделения", "название филиала", "название магазина"),
        ),
        example="Kraków Rynek",
    ),
    Column(
        "unit_above",
        _l("Unit above it"),
        names=(
            *("parent unit", "parent unit code", "region", "region name", "district", "jednostka nadrzędna"),
            *("nazwa regionu", "makroregion", "вышестоящее подразделение", "регион", "округ"),
        ),
        example="Południe",
    ),
)


KINDS = [
    ImportKind(
        name="feedback",
        label=_l("Customer feedback"),
        permission=Permission.FEEDBACK_IMPORT,
        columns=COLUMNS,
        loader=FeedbackLoader,
        constants=("unit_code", "metric", "period", "date", "touchpoint", "channel", "language"),
        shown_at="voice.show_mine",
        codes=unit_codes,
        undoing=FeedbackUndoing,
        is_flipped=True,
        figures=("score", "mean", *BANDS),
    )
]
