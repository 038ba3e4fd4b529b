"""What the pages of imports accept."""

from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, FloatField, HiddenField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from app.core.date_orders import DatesRead
from app.core.forms import Form, stripped
from app.core.imports import Column, DateOrder, ImportKind, Mapping, Message, Scale, ScaleRule
from app.core.parsing import MOST_PEOPLE
from app.imports.dates import DATED
from app.imports.looking import LONGEST_HEADER, Look, shortened
from app.imports.mapping import read_mapping, write_mapping
from app.imports.scores import ScoresRead
from app.imports.settling import open_scale
from app.imports.wording import order_words, score_words

TABLE_FILES = ".csv,.tsv,.txt,.xlsx,.xlsm,.ods"
TOGETHER = "*"  # several columns of the file that a mapping file joins into one of ours
ORDERS = {
    DateOrder.DAY_FIRST: _l("the day first"),
    DateOrder.MONTH_FIRST: _l("the month first"),
    DateOrder.YEAR_FIRST: _l("the year first"),
    DateOrder.MIXED: _l("now the one, now the other"),
}
SAY_RULE = _l("Choose one of these.")
SAY_END = _l("Means stand on a scale: say where it begins and where it ends.")
SAY_ORDER = _l("Choose how the dates of this file are to be read. The file itself does not tell.")
RULES = {
    ScaleRule.OURS: _l("as our own scales"),
    ScaleRule.ZERO_TO_TEN: _l("0 to 10, how likely people are to recommend"),
    ScaleRule.ONE_TO_FIVE_TOP: _l("1 to 5: 5 is a promoter, 4 passive, 1 to 3 a detractor"),
    ScaleRule.ONE_TO_FIVE_REVERSED: _l("1 to 5 reversed: 1 is the best"),
    ScaleRule.REVERSED: _l("our own scales reversed: the lowest number is the best"),
    ScaleRule.MEAN: _l("means of answers, on the scale below"),
    ScaleRule.SHARES: _l("shares: promoters, passives and detractors in per cent"),
}


class UploadForm(Form):
    kind = RadioField(_l("What does the file hold?"), [InputRequired(_l("Choose what the file holds."))])
    file = FileField(
        _l("File"),
        [FileRequired(_l("Choose a file."))],
        description=_l("CSV, TSV, XLSX, XLSM or ODS, at most 512 MB. Nothing is written before you have seen it."),
        render_kw={"accept": TABLE_FILES},
    )

    def offer(self, kinds: list[ImportKind]) -> "UploadForm":
        self.kind.choices = [SelectChoice(kind.name, kind.label) for kind in kinds]
        return self


class MappingFileForm(Form):
    mapping_file = FileField(
        _l("Mapping from a file"),
        [FileRequired(_l("Choose a mapping file."))],
        description=_l("A .toml file that was saved here before, or written by hand."),
        render_kw={"accept": ".toml"},
    )


class MappingForm(Form):
    """The fixed part; `mapping_form` adds a field for each column of the kind."""

    sheet = HiddenField()
    header_row = IntegerField(
        _l("Header row"), [DataRequired()], widget=HiddenInput()
    )  # of this widget only is it on the page
    base = HiddenField()
    date_order = RadioField(_l("How dates are written in this file"), choices=[], default="", validate_choice=False)
    scale_rule = RadioField(_l("How scores are counted in this file"), choices=[], default="", validate_choice=False)
    low = FloatField(_l("Lowest value of the scale"), [Optional()], description=_l("Needed for means."))
    high = FloatField(_l("Highest value of the scale"), [Optional()], description=_l("Needed for means."))
    of = IntegerField(
        _l("Shares are of so many answers"),
        [Optional(), NumberRange(1, MOST_PEOPLE)],
        description=_l("For shares, where no column says it."),
    )

    dates, scores = DatesRead(), ScoresRead()  # those of the columns that are chosen
    scores_of: tuple[Mapping, ImportKind] | None = None

    def ask_about_scores(self, scores: ScoresRead, mapping: Mapping, kind: ImportKind) -> None:
        """Where the file leaves it open, nothing is chosen for anybody."""
        if self.scale_rule is None:
            return
        self.scores, self.scores_of = scores, (mapping, kind)
        is_sure = self._open_scale("") is None and self.scale_rule.data != ScaleRule.OURS
        rules = [(rule, label) for rule, label in RULES.items() if rule is not ScaleRule.OURS or not is_sure]
        choices = [SelectChoice(rule, label) for rule, label in rules]
        self.scale_rule.choices = [*([SelectChoice("", RULES[ScaleRule.OURS])] if is_sure else []), *choices]

    @property
    def rule_examples(self) -> dict[str, str]:
        """By answer: scores of the file, and what they are then."""
        return {rule: score_words(self.scores, rule) for rule in ScaleRule} | {
            "": score_words(self.scores, ScaleRule.OURS)
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """An end of a scale may be left empty, unless means stand on it."""
        is_right = super().validate(extra_validators)
        if self.scale_rule is None or self.scale_rule.data != ScaleRule.MEAN:
            return is_right
        missing = [end for end in (self.low, self.high) if end.data is None and not end.errors]
        for end in missing:
            end.errors = [SAY_END]
        return is_right and not missing

    def validate_scale_rule(self, field: Field) -> None:
        if field.data and field.data not in list(ScaleRule):
            raise ValidationError(SAY_RULE)
        if message := self._open_scale(field.data):
            raise ValidationError(message.text())

    def _open_scale(self, rule: str) -> Message | None:
        """What is still to be said when this rule, or none, has been chosen."""
        if self.scores_of is None:
            return None
        mapping, kind = self.scores_of
        return open_scale(self.scores, replace(mapping, scale=Scale(ScaleRule(rule)) if rule else None), kind)

    def ask_about(self, dates: DatesRead) -> None:
        """How they are to be read is asked with what each answer makes of them."""
        if self.date_order is None:
            return
        self.dates = dates
        self.date_order.choices = [SelectChoice(order, ORDERS[order]) for order in ORDERS if self._may_be(order)]

    def _may_be(self, order: DateOrder) -> bool:
        if order is DateOrder.MIXED:
            return self.dates.is_mixed or bool(self.date_order.data == order)
        return any(read for _, read in self.dates.examples(order))

    @property
    def order_examples(self) -> dict[str, str]:
        """By answer: cells of the file, and the days that they are then."""
        return {order: order_words(self.dates, order) for order in ORDERS}

    def validate_date_order(self, field: Field) -> None:
        if self.dates.is_open and self._order_said(field) is None:
            raise ValidationError(SAY_ORDER)

    @staticmethod
    def _order_said(field: Field) -> DateOrder | None:
        """What came with the form. What was suggested for another column says nothing of the one that is chosen."""
        return DateOrder(field.data) if field.raw_data and field.data in list(DateOrder) else None

    def pairs(self, kind: ImportKind) -> list[tuple[Column, Field, Field | None]]:
        """Each of our columns with its choice and, where it may be the same for all rows, the field for that."""
        constants = {name: self[f"constant_{name}"] for name in kind.constants}
        return [(each, self[f"column_{each.name}"], constants.get(each.name)) for each in kind.columns]

    def chosen(self, kind: ImportKind) -> Mapping:
        """The mapping as chosen. What a mapping file alone can say (translated values, left-out rows) is kept."""
        base = read_mapping(self.base.data or "")
        columns = {column.name: self._headers(column.name, base) for column in kind.columns}
        columns = {ours: headers for ours, headers in columns.items() if headers}
        constants = {name: (self[f"constant_{name}"].data or "").strip() for name in kind.constants}
        return replace(
            base,
            kind=kind.name,
            sheet=None if base.sheet_title else self.sheet.data or None,  # found by its words, next time too
            header_row=self.header_row.data,
            date_order=self._date_order(base),
            columns=columns,
            constants={name: text for name, text in constants.items() if text},
            values={name: texts for name, texts in base.values.items() if name in columns},
            scale=self._scale(base),
        )

    def as_far_as_chosen(self, kind: ImportKind, look: Look, base: Mapping) -> Mapping:
        """As much of what is chosen as says where dates and scores stand, also where the rest of it is wrong."""
        guess = look.guess
        constants = {name: (self[f"constant_{name}"].data or "").strip() for name in kind.constants}
        columns = {column.name: self._headers(column.name, base) for column in kind.columns}
        return replace(
            base,
            sheet=look.sheet,
            header_row=guess.header_row,
            group_row=guess.group_row,
            first_row=guess.first_row,
            columns={ours: headers for ours, headers in columns.items() if headers},
            constants={name: text for name, text in constants.items() if text},
        )

    def _headers(self, name: str, base: Mapping) -> tuple[str, ...]:
        chosen = self[f"column_{name}"].data
        return base.columns.get(name, ()) if chosen == TOGETHER else (chosen,) if chosen else ()

    def _date_order(self, base: Mapping) -> DateOrder | None:
        if self.date_order is None:
            return base.date_order
        return self._order_said(self.date_order)

    def _scale(self, base: Mapping) -> Scale | None:
        if self.scale_rule is None:
            return base.scale
        rule = self.scale_rule.data
        return Scale(ScaleRule(rule), self.low.data, self.high.data, self.of.data) if rule else None


def mapping_form(kind: ImportKind, look: Look, mapping: Mapping, **options: Any) -> MappingForm:
    """The form for this file, filled with a mapping."""
    fields: dict[str, Any] = {}
    for column in kind.columns:
        choices = _choices(look, mapping.columns.get(column.name))
        fields[f"column_{column.name}"] = SelectField(column.label, choices=choices, default="")
    for name in kind.constants:
        fields[f"constant_{name}"] = StringField(_l("The same for all rows"), [Length(max=200)], filters=[stripped])
    form: MappingForm = type("ThisMappingForm", (MappingForm,), fields)(data=_filled(look, mapping), **options)
    return _without_idle_fields(form, {column.name for column in kind.columns})


def _without_idle_fields(form: MappingForm, columns: set[str]) -> MappingForm:
    """Where nothing is a date, or nothing a score, nobody is asked how it is written."""
    if not columns.intersection(DATED):
        del form.date_order
    if "mean" not in columns:
        del form.scale_rule, form.low, form.high, form.of
    return form


def _choices(look: Look, headers: tuple[str, ...] | None) -> list[SelectChoice]:
    several = [SelectChoice(TOGETHER, " + ".join(headers))] if headers and len(headers) > 1 else []
    files = [SelectChoice(each, _named(each, look.examples[each])) for each in look.headers]
    return [SelectChoice("", _("not in this file")), *several, *files]


def _named(header: str, example: str) -> str:
    """The header with what stands under it, so that each choice can be judged without being made."""
    return " — ".join(filter(None, (shortened(header, LONGEST_HEADER), example)))


def _filled(look: Look, mapping: Mapping) -> dict[str, Any]:
    columns = {f"column_{ours}": _first(headers) for ours, headers in mapping.columns.items()}
    scale = mapping.scale
    return {
        **columns,
        **{f"constant_{name}": text for name, text in mapping.constants.items()},
        "sheet": look.sheet or "",
        "header_row": look.header_row,
        "base": write_mapping(mapping),
        "date_order": mapping.date_order or "",
        "scale_rule": scale.rule if scale else "",
        "low": scale.low if scale else None,
        "high": scale.high if scale else None,
        "of": scale.of if scale else None,
    }


def _first(headers: tuple[str, ...]) -> str:
    return TOGETHER if len(headers) > 1 else headers[0]
