"""What the sandbox answers, as an OpenAPI document made by walking the registry: the endpoints that have a handler.

Requests are described from the input models. Answers are described from the output models, which the reference's
examples are held against: the handlers make plain values and know no model, so that the two can disagree and be
found out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import ngorder_tui
from ngorder_tui.api.endpoint import Endpoint, every
from ngorder_tui.api.models import FileReply, Reply
from ngorder_tui.sandbox.answering import Bound, handlers
from ngorder_tui.sandbox.schemas import Schema, Schemas
from ngorder_tui.sandbox.sheets import XLSX

FAILURES = {
    400: "The arguments cannot be right, or a rule of the trade stands against them.",
    401: "The key is missing or not known.",
    403: "This is for administrators only.",
    404: "There is no such record.",
    405: "The path is not asked with this method.",
    413: "The body is larger than the sandbox reads.",
    429: "Too many requests: the header Retry-After tells when to come back.",
}
_FAILED: Schema = {
    "type": "object",
    "description": "A no, with one sentence or with sentences for each argument under its dotted path.",
    "properties": {
        "request_id": {"type": "string"},
        "response": {"const": "Failed"},
        "message": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "minProperties": 1,
                    "additionalProperties": {"type": "array", "minItems": 1, "items": {"type": ["string", "integer"]}},
                },
            ]
        },
        "data": {"type": "null"},
    },
    "required": ["response", "message", "data"],
    "additionalProperties": False,
}


def document(base_path: str) -> dict[str, Any]:
    """The document of every handler that is bound, for a sandbox whose API is below `base_path`."""
    bound = handlers()
    schemas = Schemas()
    schemas.components["Failed"] = _FAILED
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in every():
        if endpoint.id in bound:
            asked = _operation(endpoint, bound[endpoint.id], schemas)
            paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = asked
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The ngorder-tui sandbox",
            "version": ngorder_tui.__version__,
            "description": "An invented shop that answers as the order-management service documents it.",
        },
        "servers": [{"url": base_path}],
        "security": [{"key": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(sorted(schemas.components.items())),
            "responses": {f"Failed{status}": _failure(status) for status in FAILURES},
        },
    }


@lru_cache(4)
def document_as_json(base_path: str) -> bytes:
    """The same as it is served. Made once: every chapter of the registry is read for it."""
    return json.dumps(document(base_path), ensure_ascii=False, separators=(",", ":")).encode()


def _operation(endpoint: Endpoint[Any, Any], bound: Bound, schemas: Schemas) -> dict[str, Any]:
    parameters = _parameters(endpoint, bound, schemas)
    operation: dict[str, Any] = {
        "operationId": endpoint.id,
        "tags": [endpoint.chapter],
        "summary": endpoint.summary,
        "parameters": [parameter for parameter in parameters if parameter["in"] != "body"],
        "responses": {"200": _success(endpoint, schemas), **_failures(bound)},
    }
    if endpoint.unconfirmed:
        operation["description"] = "The reference leaves the path out: this one is a guess."
    if inside := [parameter for parameter in parameters if parameter["in"] == "body"]:
        operation["requestBody"] = _body(inside)
    return operation


def _parameters(endpoint: Endpoint[Any, Any], bound: Bound, schemas: Schemas) -> list[dict[str, Any]]:
    """The arguments and where each goes; a list of objects has no spelling in a query that OpenAPI could tell."""
    found = []
    for name, (schema, required) in schemas.arguments(endpoint.takes).items():
        if f"{{{name}}}" in endpoint.path:
            found.append({"name": name, "in": "path", "required": True, "schema": schema})
        elif endpoint.method == "GET" and not (bound.reads_body and schema.get("type") == "array"):
            found.append({"name": name, "in": "query", "required": required, "schema": schema})
        else:
            found.append({"name": name, "in": "body", "required": required, "schema": schema})
    return found


def _body(parameters: list[dict[str, Any]]) -> dict[str, Any]:
    is_form = any(parameter["schema"].get("format") == "binary" for parameter in parameters)
    required = [parameter["name"] for parameter in parameters if parameter["required"]]
    schema = {
        "type": "object",
        "properties": {parameter["name"]: parameter["schema"] for parameter in parameters},
        "required": required,
        "additionalProperties": False,
    }
    return {
        "required": bool(required),
        "content": {"multipart/form-data" if is_form else "application/json": {"schema": schema}},
    }


def _success(endpoint: Endpoint[Any, Any], schemas: Schemas) -> dict[str, Any]:
    gives = Reply[object] if endpoint.gives is FileReply else endpoint.gives
    content: dict[str, Any] = {"application/json": {"schema": schemas.answered(gives)}}
    if endpoint.sends_file:
        content[XLSX] = {"schema": {"type": "string", "format": "binary"}}
    return {"description": "Done.", "content": content}


def _failures(bound: Bound) -> Mapping[str, Schema]:
    declared = {status if status != 400 else bound.refusal_status: status for status in FAILURES}
    return {str(status): {"$ref": f"#/components/responses/Failed{kind}"} for status, kind in declared.items()}


def _failure(status: int) -> dict[str, Any]:
    return {
        "description": FAILURES[status],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Failed"}}},
    }
