"""`python -m infra.local.openapi` writes infra/openapi.yaml, what the API answers to; `--check` only compares."""

import argparse
import difflib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from functions.casework import app as casework
from functions.citizen import app as citizen
from infra.local.openapi_refusals import DESCRIPTIONS, always

Json = dict[str, Any]

TARGET = Path(__file__).parents[1] / "openapi.yaml"
APPS = {"citizen": citizen.app, "casework": casework.app}
SCHEMAS_OF_POWERTOOLS = {"HTTPValidationError", "ValidationError", "ResponseValidationError"}
BEARER, TRACKING_CODE = "Authorization", "X-Tracking-Code"
DIFFERENCE_SHOWN = 60  # lines
HINT = "infra/openapi.yaml is not what the code answers to: run `make openapi`."
HEADERS = {name.lower(): name for name in (BEARER, TRACKING_CODE, "Idempotency-Key")}

HEAD: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "速办 Suban",
        "version": "1",
        "description": (
            "市民诉求：提交、分拨、办理、评价、回退重办、督办。\n\n"
            "Every refusal is problem+json (RFC 9457) in the language of `Accept-Language`: zh-Hans, zh-Hant or en. "
            "Its `code` is stable, its `detail` says what to do next; a 409 carries the case as it is now. "
            "Times are ISO 8601 with an offset. Unknown fields are refused."
        ),
    },
    "servers": [{"url": "..", "description": "The stage under which this document was found"}],
    "tags": [
        {"name": "citizen", "description": "诉求人：with an account's token, or with the tracking code of one case"},
        {"name": "work", "description": "责任单位、分拨人员、督办人员：the scope comes from the token alone"},
    ],
}
SECURITY: Json = {
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "OpenID Connect, RS256"},
    "tracking_code": {
        "type": "apiKey",
        "in": "header",
        "name": TRACKING_CODE,
        "description": "Given at filing; stands for the citizen in that one case",
    },
}
LANGUAGE: Json = {
    "name": "Accept-Language",
    "in": "header",
    "required": False,
    "description": "zh-Hans if left out",
    "schema": {"type": "string", "examples": ["zh-Hans", "zh-Hant", "en"]},
}


def document() -> Json:
    """Sorted by path and name, so that the same code always gives the same text."""
    paths: Json = {}
    schemas: Json = {}
    for name in APPS:
        told = _of_function(name)
        for path, operations in told["paths"].items():
            for method, operation in operations.items():
                paths.setdefault(path, {})[method] = _operation(operation)
        schemas |= {kind: _plain(schema) for kind, schema in told["components"]["schemas"].items()}
    kept = {kind: schemas[kind] for kind in sorted(schemas) if kind not in SCHEMAS_OF_POWERTOOLS}
    components = {
        "securitySchemes": SECURITY,
        "parameters": {"Language": LANGUAGE},
        "responses": {f"Refused{status}": _refused(text) for status, text in DESCRIPTIONS.items()},
        "schemas": kept,
    }
    return HEAD | {"paths": dict(sorted(paths.items())), "components": components}


def _of_function(name: str) -> Json:
    told: Json = json.loads(APPS[name].get_openapi_json_schema(title=name, openapi_version="3.1.0"))
    return told


def _operation(told: Json) -> Json:
    (tag,) = told["tags"]
    parameters = [_parameter(parameter) for parameter in told.get("parameters", [])]
    return {
        "tags": [tag],
        "summary": told["summary"],
        "operationId": f"{tag}_{told['operationId'].partition('_v1_')[0]}",
        "security": _security({parameter["name"] for parameter in parameters}),
        "parameters": [
            *(parameter for parameter in parameters if parameter["name"] not in (BEARER, TRACKING_CODE)),
            {"$ref": "#/components/parameters/Language"},
        ],
        **({"requestBody": told["requestBody"]} if "requestBody" in told else {}),
        "responses": _responses(told["responses"], has_body="requestBody" in told),
    }


def _responses(told: Json, *, has_body: bool) -> Json:
    """What the route lists; Powertools' own answers to wrong input never leave the function (edge/http.py)."""
    success = {status: answer for status, answer in told.items() if answer["description"] == "OK"}
    refused = {status for status, answer in told.items() if answer["description"] == "Refused"} | always(
        has_body=has_body
    )
    return success | {status: {"$ref": f"#/components/responses/Refused{status}"} for status in sorted(refused)}


def _security(names: set[str]) -> list[Json]:
    """A route that reads no token itself is guarded by the gateway's authorizer."""
    if TRACKING_CODE in names:
        return [{"bearer": []}, {"tracking_code": []}]
    return [{}, {"bearer": []}] if BEARER in names else [{"bearer": []}]


def _parameter(told: Json) -> Json:
    schema = _plain(told["schema"])
    schema = next((kind for kind in schema.get("anyOf", [schema]) if kind.get("type") != "null"), schema)
    schema.pop("description", None)
    name = HEADERS.get(told["name"], told["name"])
    return {"name": name, "in": told["in"], "required": told["required"]} | told | {"name": name, "schema": schema}


def _refused(text: str) -> Json:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": text, "content": {"application/problem+json": problem}}


def _plain(schema: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Without the titles that pydantic makes of the names."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _properties(part) if key == "properties" else _plain(part) for key, part in _untitled(schema)}


def _properties(named: Json) -> Json:
    return {name: _plain(schema) for name, schema in named.items()}


def _untitled(schema: Json) -> Iterator[tuple[str, Any]]:
    return ((key, part) for key, part in schema.items() if key != "title")


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stay readable; nothing is abbreviated to an alias."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def written() -> str:
    return yaml.dump(document(), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where the file differs")
    if not parser.parse_args().check:
        TARGET.write_text(written(), encoding="utf-8")
        return 0
    if difference := differing():
        sys.stderr.write("\n".join([*difference[:DIFFERENCE_SHOWN], HINT, ""]))
    return 1 if difference else 0


def differing() -> list[str]:
    """The lines of a diff from the file to what the code answers to; none where they agree."""
    present = TARGET.read_text(encoding="utf-8") if TARGET.exists() else ""
    lines = (present.splitlines(), written().splitlines())
    return list(difflib.unified_diff(*lines, "infra/openapi.yaml", "the code", lineterm=""))


if __name__ == "__main__":
    sys.exit(main())
