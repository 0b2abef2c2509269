"""JSON Schema of account files, for editors that complete and check as one types."""

from __future__ import annotations

from demarche.accounts.file import AccountFile
from demarche.accounts.links import all_links
from demarche.reading.messages import model_schema
from demarche.reading.strict import Schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def account_schema() -> Schema:
    """Return the JSON Schema of account files, with every link and what it means."""
    schema = model_schema(AccountFile)
    links = {
        name: {
            "$ref": "#/$defs/PriorFile",
            "description": f"{link.said.meaning} ({link.said.unit}; neutral: {link.said.neutral})",
        }
        for name, link in all_links().items()
    }
    keys = {**schema["properties"], "links": {"type": "object", "properties": links, "additionalProperties": False}}
    return {"$schema": DRAFT, **schema, "title": "Demarche account", "properties": keys}
