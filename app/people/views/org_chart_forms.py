"""The forms of the org chart, made for a unit: what may be chosen, and what stands in them at first."""

from datetime import date

from flask import request
from flask_login import current_user
from werkzeug.exceptions import NotFound

from app.core.company_time import today
from app.people.chart.versions import Version, key_of
from app.people.forms.chart import FORMS
from app.people.forms.chart.acts import CorrectionForm, Described, OpeningForm, WishForm
from app.people.forms.chart.fields import Known
from app.people.forms.chart.split import SplitForm
from app.people.models import Unit, UnitVersion
from app.people.queries.reorganisations import code_of, units_to_choose


def posted_form(unit: Unit, act: str) -> WishForm:
    return _offered(FORMS[act](), unit)


def filled_form(unit: Unit, act: str) -> WishForm:
    """As the unit is today; a correction with the entry that the address names."""
    form = _offered(FORMS[act](formdata=None), unit)
    if isinstance(form, CorrectionForm):
        _fill_from_entry(form, unit)
    elif isinstance(form, Described) and not isinstance(form, OpeningForm):
        form.fill(_plain(_version_on(unit, today())))
    return form


def _offered(form: WishForm, unit: Unit) -> WishForm:
    form.unit = key_of(unit.code)
    form.units = [Known(*each) for each in units_to_choose(current_user)]
    if isinstance(form, Described):
        form.offer_kinds(is_company=unit.parent_id is None and not isinstance(form, OpeningForm))
    if isinstance(form, SplitForm):
        form.offer_places()
        form.typed = {name: value for name, value in request.form.items() if name.startswith(("person-", "below-"))}
    return form


def _fill_from_entry(form: CorrectionForm, unit: Unit) -> None:
    asked = request.args.get("entry", "")
    version = next((each for each in unit.versions if each.starts_on.isoformat() == asked), None)
    version = version or _version_on(unit, today())
    form.fill(_plain(version))
    form.day.data = version.starts_on.isoformat()
    form.parent.data = code_of(version.parent_id)


def _plain(version: UnitVersion) -> Version:
    return Version(version.name, version.kind, None, version.country, version.location)


def _version_on(unit: Unit, day: date) -> UnitVersion:
    """That day's; of a closed unit its last, of a coming one its first."""
    if not unit.versions:
        raise NotFound
    begun = [version for version in unit.versions if version.starts_on <= day]
    return begun[-1] if begun else unit.versions[0]
