/** `tests/unit/test_types.py` of every service. */
export const TESTS_TYPES_PY = String.raw`import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

import pytest
from pydantic import Field, TypeAdapter, ValidationError

from app.core import types

ID = "3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c"


def read(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).validate_python(value)


def written(kind: Any, value: object) -> Any:
    return TypeAdapter(kind).dump_python(read(kind, value), mode="json")


def schema(kind: Any) -> dict[str, Any]:
    return TypeAdapter(kind).json_schema()


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (types.Text, "çé\U0001f600"),
        (types.Email, "a@b.example"),
        (types.Url, "mailto:a"),
        (types.Int32, 5),
        (types.Int64, 2**40),
        (types.Flag, False),
        (types.Id, ID),
        (types.Id, ID.upper()),
        (types.Date, "2024-02-29"),
        (types.DateTime, "2030-01-15T09:30:00Z"),
        (types.DateTime, "2030-01-15t09:30:00.25z"),
        (types.Time, "09:30:00Z"),
        (types.Json, {"a": [1, 2.5, None, "x"]}),
        (types.Json, []),
        (types.QueryFlag, "true"),
    ],
)
def test_what_the_contract_means_is_accepted(kind: Any, value: object) -> None:
    assert str(written(kind, value)).lower() in (str(value).lower(), "2030-01-15t09:30:00.250000z")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (types.Text, 1),
        (types.Text, "a\x00b"),
        (types.Text, "\ud800"),
        (types.Email, "a@b"),
        (types.Email, "a b@c.example"),
        (types.Url, "no scheme"),
        (types.Int32, "5"),
        (types.Int64, 1.5),
        (types.Flag, "true"),
        (types.Flag, 1.0),
        (types.Id, ID.replace("-", "")),
        (types.Id, f"{{{ID}}}"),
        (types.Id, 7),
        (types.Date, "2030-02-30"),
        (types.Date, "20300115"),
        (types.Date, 0),
        (types.DateTime, "2030-01-15T09:30:00"),
        (types.DateTime, "2030-01-15"),
        (types.DateTime, "0001-01-01T00:00:00+14:00"),
        (types.DateTime, 0),
        (types.Time, "09:30"),
        (types.Time, "25:00:00Z"),
        (types.Time, 5),
        (types.Json, "text"),
        (types.Json, {"a": float("nan")}),
        (types.Json, {"a": [float("inf")]}),
        (types.Json, ["\x00"]),
        (types.Json, {"\x00": 1}),
        (types.QueryFlag, "yes"),
        (types.QueryFlag, "1"),
    ],
)
def test_what_only_looks_like_it_is_refused(kind: Any, value: object) -> None:
    with pytest.raises(ValidationError):
        read(kind, value)


def test_values_of_the_store_are_taken_as_they_are() -> None:
    day, noon = dt.date(2030, 1, 15), dt.time(12, 0)
    assert (read(types.Date, day), read(types.Time, noon)) == (day, noon)


def test_moments_and_times_are_kept_in_utc() -> None:
    assert written(types.DateTime, "2030-01-15T09:30:00+02:00") == "2030-01-15T07:30:00Z"
    assert written(types.Time, "00:30:00+01:00") == "23:30:00Z"


def test_a_decimal_is_a_plain_number_with_its_bounds() -> None:
    price = Annotated[Decimal, Field(ge=0, le=Decimal("9.5")), types.JSON_NUMBER]
    assert (read(price, 0.1), written(price, 0.1), read(price, 3)) == (Decimal("0.1"), 0.1, 3)
    assert read(price, Decimal("9.5")) == Decimal("9.5")
    assert schema(price) == {"type": "number", "minimum": 0, "maximum": 9.5}
    assert TypeAdapter(price).json_schema(mode="serialization") == schema(price)
    assert schema(Annotated[Decimal, types.JSON_NUMBER]) == {"type": "number"}
    for value in ("1", True, -1, 9.6, float("nan"), None):
        with pytest.raises(ValidationError):
            read(price, value)


def test_formats_are_told_as_in_the_contract() -> None:
    kinds = [types.Email, types.Url, types.Int32, types.Int64]
    assert [schema(kind)["format"] for kind in kinds] == ["email", "uri", "int32", "int64"]
`;
