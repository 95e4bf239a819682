"""JSON Schema of DataPoint files, so that editors complete and check them."""

from typing import cast

from pydantic import JsonValue

from datapoints.files import HEAD, WORKSPACE
from datapoints.kinds import kind_of, kinds


def schema(kind: str | None = None) -> dict[str, JsonValue]:
    """The schema of a file of one kind, or of any; raises UserError for an unknown kind."""
    wanted = {kind: kind_of(kind)} if kind else dict(kinds())
    definitions: dict[str, JsonValue] = {}
    for name, model in wanted.items():
        described = model.model_json_schema(by_alias=True, ref_template=f"#/$defs/{name}/$defs/{{model}}")
        properties = cast(dict[str, JsonValue], described["properties"])
        properties["kind"] = {"const": name}
        properties["type"] = {"const": name, "description": "A synonym of `kind`."}
        described["required"] = [each for each in described.get("required", []) if each != "name"]
        described["anyOf"] = [{"required": ["kind"]}, {"required": ["type"]}]
        definitions[name] = cast(JsonValue, described)
    heads: dict[str, JsonValue] = {HEAD: {"oneOf": [{"$ref": f"#/$defs/{name}"} for name in wanted]}}
    if "workspace" in wanted:
        heads[WORKSPACE] = {"type": "object", "required": ["file_path"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"DataChat DataPoint: {kind or 'any kind'}",
        "type": "object",
        "properties": heads,
        "minProperties": 1,
        "maxProperties": 1,
        "additionalProperties": False,
        "$defs": definitions,
    }
