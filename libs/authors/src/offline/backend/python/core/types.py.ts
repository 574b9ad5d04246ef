/** `app/core/types.py` of every service. */
export const TYPES_PY = String.raw`"""Values as the contract writes them. Stricter than the defaults: a number in quotes is no number, a day is no timestamp."""

import datetime as dt
import math
import re
import uuid
from decimal import Decimal
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, PlainSerializer
from pydantic_core import CoreSchema, core_schema

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})", re.IGNORECASE)
DATE_TIME = re.compile(DATE.pattern + "[Tt ]" + TIME.pattern, re.IGNORECASE)
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")


def storable(text: str) -> str:
    """Refuses what no store holds as text: NUL, and halves of characters."""
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("NUL and lone surrogates can't be stored")
    return text


def storable_json(value: Any) -> Any:
    """The same for every text inside, and no number that JSON does not know."""
    if isinstance(value, dict):
        return {storable(key): storable_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [storable_json(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("NaN and infinity are no JSON")
    return storable(value) if isinstance(value, str) else value


def written_as(pattern: re.Pattern[str], kind: type) -> BeforeValidator:
    """Takes a text of this form, or a value that is already of its kind."""

    def check(value: Any) -> Any:
        if isinstance(value, kind) or (isinstance(value, str) and pattern.fullmatch(value)):
            return value
        raise ValueError("it does not have the form of its type")

    return BeforeValidator(check)


def matched(pattern: re.Pattern[str], text: str) -> str:
    """The text, if all of it has this form."""
    if not pattern.fullmatch(text):
        raise ValueError("it does not have the form of its type")
    return text


def to_utc(moment: dt.datetime) -> dt.datetime:
    """The same moment in UTC; refuses one that is outside the calendar there."""
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError("it is outside the calendar") from error


def time_of_text(value: Any) -> Any:
    """A time of day with its offset, as the time of day in UTC. A time that has no offset is one already."""
    if isinstance(value, dt.time):
        return value
    if not isinstance(value, str) or not TIME.fullmatch(value):
        raise ValueError("it does not have the form of its type")
    moment = dt.datetime.fromisoformat(f"2000-01-02T{value.upper()}")
    return moment.astimezone(dt.UTC).time()


def number_of(value: Any) -> Any:
    """Numbers only: no text, no truth value."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError("it is no number")
    return value


def flag_of_word(value: Any) -> Any:
    """A truth value in a query is spelled out."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


class JsonNumber:
    """A decimal that is a plain number in JSON; its bounds stand before it: Annotated[Decimal, Field(ge=0), JSON_NUMBER]."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        as_float = core_schema.plain_serializer_function_ser_schema(float, return_schema=core_schema.float_schema())
        return core_schema.no_info_before_validator_function(number_of, handler(source), serialization=as_float)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        told = {"minimum": "ge", "maximum": "le"}
        bounds = cast(dict[str, Any], schema)["schema"]
        return {"type": "number"} | {name: float(bounds[key]) for name, key in told.items() if key in bounds}


JSON_NUMBER = JsonNumber()


def _format(name: str) -> Any:
    return Field(json_schema_extra={"format": name})


Text = Annotated[str, Field(strict=True), AfterValidator(storable)]
Email = Annotated[Text, AfterValidator(lambda text: matched(EMAIL, text)), _format("email")]
Url = Annotated[Text, AfterValidator(lambda text: matched(URL, text)), _format("uri")]
Int32 = Annotated[int, Field(strict=True, json_schema_extra={"format": "int32"})]
Int64 = Annotated[int, Field(strict=True, json_schema_extra={"format": "int64"})]
Flag = Annotated[bool, Field(strict=True)]
QueryFlag = Annotated[bool, BeforeValidator(flag_of_word), Field(strict=True)]
Id = Annotated[uuid.UUID, written_as(UUID, uuid.UUID)]
Date = Annotated[dt.date, written_as(DATE, dt.date)]
DateTime = Annotated[dt.datetime, written_as(DATE_TIME, dt.datetime), AfterValidator(to_utc)]
Time = Annotated[dt.time, BeforeValidator(time_of_text), PlainSerializer(lambda time: f"{time.isoformat()}Z")]
Json = Annotated[dict[str, Any] | list[Any], AfterValidator(storable_json)]
`;
