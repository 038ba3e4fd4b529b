"""The API's own description (OpenAPI 3.1), and the check of every call against it: spectree with pydantic's shapes.

Both are loaded with the first call.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flask import current_app, request

from app.core.api.bodies import read_json
from app.core.api.misfits import misfits
from app.core.api.place import PREFIX
from app.core.api.problems import KINDS, MEDIA_TYPE, Invalid
from app.core.api.terms import OFFER, Offer

if TYPE_CHECKING:
    from spectree import SpecTree

VERSION = "1"
PROBLEMS = (400, 401, 403, 404, 422, 429, 500)  # which each call may meet
PROBLEMS_OF_BODIES = (409, 413, 415)  # and one that brings something
_EXAMPLE_LIMIT = {"RateLimit": '"token";r=599;t=60', "RateLimit-Policy": '"token";q=600;w=60'}


class AnswerDiffers(Exception):
    """What a view answered is not what the document promises: a fault of ours, never shown to the caller."""


@cache
def _spec() -> SpecTree:
    from spectree import SecurityScheme, SpecTree  # noqa: PLC0415 - large
    from spectree.models import SecureType, SecuritySchemeData  # noqa: PLC0415 - large

    bearer = SecuritySchemeData(type=SecureType.HTTP, scheme="bearer", description=HOW_TO_ENTER)

    return SpecTree(
        backend=_plugin(),
        title="Rezonans",
        version=VERSION,
        description=DESCRIPTION,
        annotations=False,
        page_templates={},
        naming_strategy=lambda shape: shape.__name__,
        nested_naming_strategy=lambda _parent, child: child,
        before=_refuse_question,
        after=_refuse_answer,
        validation_error_model=_shape("app.core.api.shapes", "Problem"),
        security_schemes=[SecurityScheme(name="token", data=bearer)],
        security={"token": []},
    )


DESCRIPTION = (
    "Units, employees and the numbers of a unit's page, for programs, and imports of files. Everything is asked for"
    " with a token, made under *My settings → API tokens*, in the header `Authorization: Bearer …`. A token reaches"
    " what its scopes name and its owner may see at that moment, whichever is less. Lists are read on with `cursor`;"
    " calls are limited by the minute (`RateLimit`, `Retry-After`). Errors are problem details (RFC 9457), in the"
    " language of `Accept-Language`. Fields may be added within version 1; none is taken away or changes its meaning."
)
HOW_TO_ENTER = "In the header only: a token in the address is not looked at, and cookies are not read."


@cache
def _plugin() -> Any:
    from spectree.plugins.flask_plugin import FlaskPlugin  # noqa: PLC0415 - large

    class Offers(FlaskPlugin):
        """Spectree looks for views that it has wrapped itself; ours are wrapped with their first call."""

        def find_routes(self) -> Any:
            return [rule for rule in current_app.url_map.iter_rules() if _offer_of(rule.endpoint)]

        def parse_func(self, route: Any) -> Any:
            offered = _offer_of(route.endpoint)
            return [(method, checked(offered)) for method in sorted(route.methods - {"HEAD", "OPTIONS"})]

        def request_validation(self, request: Any, query: Any, json: Any, *rest: Any) -> None:
            """The body is read by us: spectree takes one that is no JSON for an empty one."""
            super().request_validation(request, query, None, *rest)  # type: ignore[no-untyped-call]
            if json:
                request.context = request.context._replace(json=self.fitting(json))

        def fitting(self, shape: Any) -> Any:
            """What was sent, as its shape; refused with a pointer to all that does not fit."""
            try:
                return self.model_adapter.validate_obj(shape, read_json())
            except self.model_adapter.validation_error as error:
                found = error.errors(include_url=False)  # type: ignore[attr-defined]
                raise Invalid(misfits(found, in_body=True)) from error

    return Offers


def _offer_of(endpoint: str) -> Any:
    return getattr(current_app.view_functions[endpoint], OFFER, None)


@cache
def checked(offered: Offer) -> Any:
    """The view behind the check of its query, its answer checked too."""
    from spectree import Response  # noqa: PLC0415 - large

    shapes = offered.view.__module__.split(".api")[0] + ".shapes"
    problem, answer = _shape("app.core.api.shapes", "Problem"), offered.answer and _shape(shapes, offered.answer)
    problems = PROBLEMS + (PROBLEMS_OF_BODIES if offered.takes_body else ())
    answers = dict.fromkeys(offered.answers, answer or None) | dict.fromkeys(problems, problem)
    check = _spec().validate(
        query=_shape(shapes, offered.query),
        json=_shape(shapes, offered.body) if offered.body else None,
        resp=Response(**{f"HTTP_{code}": shape for code, shape in answers.items()}),
        tags=(offered.permission.partition(":")[0],),
        security={"token": [str(offered.permission)]},
        operation_id=offered.view.__name__,
    )
    return check(offered.view)


def _shape(module: str, name: str) -> Any:
    """By name, so that pydantic is not loaded before somebody calls."""
    return getattr(import_module("app.core.api.shapes" if name in ("Nothing", "Empty") else module), name)


def asked() -> Any:
    """The query of this call, as its shape."""
    return request.context.query  # type: ignore[attr-defined]


def sent() -> Any:
    """The body of this call, as its shape."""
    return request.context.json  # type: ignore[attr-defined]


def _refuse_question(_request: Any, _response: Any, error: Any, *_rest: Any) -> None:
    if error is not None:
        raise Invalid(misfits(error.errors(include_url=False)))


def _refuse_answer(_request: Any, _response: Any, error: Any, *_rest: Any) -> None:
    if error is not None:
        places = [(each["loc"], each["type"]) for each in error.errors(include_input=False)]
        raise AnswerDiffers(str(places))  # places and kinds, never values: this goes into the log


def document() -> dict[str, Any]:
    told: dict[str, Any] = _spec().spec
    files = {each.view.__name__: each.files for each in map(_offer_of, current_app.view_functions) if each}
    for path in told["paths"].values():
        for operation in path.values():
            if types := files[operation["operationId"]]:
                content = {each: {"schema": {"type": "string", "format": "binary"}} for each in types}
                operation["requestBody"] = {"required": True, "content": content}
            operation["responses"] = {code: _answer(code, each) for code, each in operation["responses"].items()}
            operation["parameters"] = [_parameter(each) for each in operation["parameters"]]
    return told | {"servers": [{"url": "/"}]}


def _parameter(told: dict[str, Any]) -> dict[str, Any]:
    """In an address nothing can be null: what may be left out is left out."""
    schema = {name: each for name, each in told["schema"].items() if name not in ("title", "description")}
    if told["in"] == "path" and schema.get("type") == "string":
        schema = {"type": "string", "minLength": 1, "maxLength": 60}
    if "anyOf" in schema:
        schema |= next(each for each in schema.pop("anyOf") if each.get("type") != "null")
        schema.pop("default")
    return told | {"schema": schema}


def _answer(code: str, response: dict[str, Any]) -> dict[str, Any]:
    if int(code) < 400:
        headers = {name: {"schema": {"type": "string"}, "example": each} for name, each in _EXAMPLE_LIMIT.items()}
        return response | {"headers": headers}
    content = {MEDIA_TYPE: next(iter(response["content"].values()))}
    kinds = ", ".join(f"`{name}`" for name, (status, _title) in KINDS.items() if str(status) == code)
    return response | {"content": content, "description": kinds}


__all__ = ["PREFIX", "asked", "checked", "document", "sent"]
