"""Shapes that all parts of the API share. Loaded with the first call: pydantic is large."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.core.api.cursors import LONGEST
from config import BOUNDS


class Question(BaseModel):
    """The query of an address: words, read as what they stand for. A name that we do not know is refused."""

    model_config = ConfigDict(extra="forbid")


class Nothing(Question):
    """No parameters."""


class Sent(BaseModel):
    """The object in a body: JSON as it stands, so that "5" is no number. A name that we do not know is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Empty(Sent):
    """Nothing, or an object without names."""


class Answer(BaseModel):
    """What we send: exactly these fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


Limit = Annotated[int, Field(ge=1, le=BOUNDS["page"], description="How many rows at most.")]
Cursor = Annotated[
    str | None, Field(max_length=LONGEST, description="`next` of the page before, with the same filters.")
]
Words = Annotated[str, Field(max_length=BOUNDS["query"], description="Words that must all occur.")]


class ListQuestion(Question):
    limit: Limit = 50
    cursor: Cursor = None


class Fault(Answer):
    where: str = Field(examples=["limit"])
    what: str = Field(description="In the language asked for.", examples=["This must be 100 or less."])
    pointer: str | None = Field(None, description="In the body (RFC 6901).", examples=["#/columns/code"])


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "/settings/api-help#invalid-request",
                    "title": "Something in the request does not fit",
                    "status": 422,
                    "errors": [{"where": "limit", "what": "This must be 100 or less."}],
                    "request_id": "5f2c8e6d1a9b4c70",
                }
            ]
        }
    )

    type: str = Field(description="What kind of problem: an address where people can read about it.")
    title: str
    status: int
    detail: str | None = None
    errors: list[Fault] | None = None
    scope: str | None = Field(None, description="The scope that the token lacks.")
    accepted: list[str] | None = Field(None, description="Types of bodies that would be taken.")
    permission: str | None = Field(None, description="The right that the token's owner lacks.")
    request_id: str | None = Field(None, description="Name it when you ask for help: the log knows it.")
