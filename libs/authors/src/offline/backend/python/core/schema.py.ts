/** `app/core/schema.py` of every service. */
export const SCHEMA_PY = String.raw`"""What all request and response bodies have in common."""

from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.core.db import Row
from app.core.types import DateTime, Id, Int32, Int64


class Schema(BaseModel):
    """Fields go by the contract's names; where such a name is a word of Python, the attribute has an underscore behind it."""

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class Input(Schema):
    """A body that a client sends: nothing but what the contract names."""

    model_config = ConfigDict(extra="forbid")

    def columns(self) -> dict[str, Any]:
        """Values by the attributes of the row."""
        return {name: getattr(self, name) for name in type(self).model_fields}

    def contract_name(self, attribute: str) -> str:
        """What the contract calls this attribute."""
        return type(self).model_fields[attribute].alias or attribute


class Stored(Schema):
    """A row as clients see it."""

    id: Annotated[Id, Field(json_schema_extra={"readOnly": True})]
    version: Annotated[Int32, Field(ge=1, json_schema_extra={"format": "int32", "readOnly": True})]
    created_at: Annotated[DateTime, Field(json_schema_extra={"readOnly": True})]
    updated_at: Annotated[DateTime, Field(json_schema_extra={"readOnly": True})]

    @classmethod
    def of(cls, row: Row) -> Self:
        """Reads the row's attributes by their names."""
        values = {name: getattr(row, name) for name in cls.model_fields}
        return cls.model_validate(values, by_alias=False, by_name=True)


PageNumber = Annotated[Int32, Field(ge=1, le=2147483647)]
PageSize = Annotated[Int32, Field(ge=1, le=100)]
Total = Annotated[Int64, Field(ge=0, le=9007199254740991)]
`;
