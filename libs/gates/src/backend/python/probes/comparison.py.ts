/**
 * How two OpenAPI documents are brought to one form. The gate brings this text along and never reads the one among the service's tests;
 * the author writes the same text there (`@squados/gates/backend/comparison`), so that both judge alike.
 */
export const COMPARISON_PY = String.raw`"""Two OpenAPI documents, brought to one form in which they can be compared."""

from collections.abc import Mapping, Sequence
from typing import Any

Json = Any
METHODS = ("get", "put", "post", "delete", "patch")
ANSWERED = ("type", "format", "enum", "minimum", "maximum", "minLength", "maxLength", "maxItems", "readOnly")
# A default is for who sends.
SENT = (*ANSWERED, "default")
# What the framework tells of every route that takes something, whatever the route says.
OWN_ERROR = "#/components/schemas/HTTPValidationError"


class Document:
    """A document whose references are followed."""

    def __init__(self, document: Json, prefix: str = "") -> None:
        self.document = document
        self.prefix = prefix

    def operations(self) -> dict[str, Json]:
        """Method and path of each operation, and what it takes and answers."""
        return {
            f"{method} {path.removeprefix(self.prefix)}": self._operation(item, item[method])
            for path, item in self.document["paths"].items()
            for method in METHODS
            if method in item
        }

    def _operation(self, item: Json, operation: Json) -> Json:
        parameters = [self.at(one) for one in (*item.get("parameters", ()), *operation.get("parameters", ()))]
        return {
            "operationId": operation["operationId"],
            "summary": operation.get("summary"),
            "tags": operation.get("tags"),
            "security": operation.get("security", self.document.get("security")),
            "parameters": {f"{one['in']} {one['name']}": self._parameter(one) for one in parameters},
            "body": self._content(operation.get("requestBody", {}), SENT),
            "answers": {
                status: self._answer(self.at(answer))
                for status, answer in operation["responses"].items()
                if not is_own_error(answer)
            },
        }

    def _parameter(self, parameter: Json) -> Json:
        shape = self.shape(parameter["schema"], SENT)
        return {"required": parameter.get("required", False), **without_null(shape)}

    def _answer(self, answer: Json) -> Json:
        kinds = sorted(answer.get("content", {}))
        schema = self._content(answer, ANSWERED) if kinds == ["application/json"] else None
        return {"kinds": kinds, "headers": sorted(answer.get("headers", {})), "schema": schema}

    def _content(self, body: Json, checked: Sequence[str]) -> Json:
        media = self.at(body).get("content", {}).get("application/json")
        return None if media is None else self.shape(media["schema"], checked)

    def at(self, value: Json) -> Json:
        """What a reference stands for."""
        while "$ref" in value:
            target = self.document
            for key in value["$ref"].removeprefix("#/").split("/"):
                target = target[key]
            value = target
        return value

    def shape(self, schema: Json, checked: Sequence[str]) -> Json:
        """What of a schema binds: types, bounds, properties. Titles and examples bind nobody."""
        schema = self.flat(self.at(schema))
        shape = {key: schema[key] for key in checked if schema.get(key) is not None}
        if "const" in schema:
            shape["enum"] = [schema["const"]]
        if isinstance(shape.get("type"), list):
            shape["type"] = sorted(shape["type"])
        if "properties" in schema:
            shape["properties"] = {name: self.shape(one, checked) for name, one in schema["properties"].items()}
            shape["required"] = sorted(schema.get("required", ()))
            shape["closed"] = schema.get("additionalProperties") is False
        if shape.get("type") == "array":
            shape["items"] = self.shape(schema["items"], checked)
        return shape

    def flat(self, schema: Json) -> Json:
        """Alternatives of plain types as one schema with several types."""
        if "anyOf" not in schema:
            return schema
        options = [self.at(option) for option in schema["anyOf"]]
        merged = {key: value for option in options for key, value in option.items()}
        kinds = [option["type"] for option in options]
        merged["type"] = kinds
        if "const" in merged:
            merged["enum"] = [merged.pop("const")]
        if "enum" in merged and "null" in kinds:
            merged["enum"] = [*merged["enum"], None]
        return merged | {key: value for key, value in schema.items() if key != "anyOf"}


def is_own_error(answer: Json) -> bool:
    """Whether the framework added this answer by itself."""
    content: Mapping[str, Json] = answer.get("content", {})
    return any(media.get("schema", {}).get("$ref") == OWN_ERROR for media in content.values())


def without_null(shape: Json) -> Json:
    """A parameter that is absent is no null."""
    kinds = shape.get("type")
    if not isinstance(kinds, list):
        return shape
    [kind] = [one for one in kinds if one != "null"]
    plain = shape | {"type": kind}
    if "enum" in plain:
        plain["enum"] = [one for one in plain["enum"] if one is not None]
    return plain
`;
