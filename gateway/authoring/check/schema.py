"""A second opinion on a policy document: the published JSON Schema."""

from __future__ import annotations

from gateway.model.errors import PolicyError
from gateway.policy.document_text import parse_text
from gateway.policy.parse import schema


def schema_problems(path: str) -> list[str]:
    """Return what the schema has against a document, each with its place in it. Raises PolicyError when the file cannot
    be read.
    """
    from jsonschema import Draft202012Validator

    try:
        with open(path, encoding="utf-8-sig") as file:
            value, _ = parse_text(file.read(), path)
    except OSError as error:
        raise PolicyError(f"cannot be read: {error.strerror}", source=path) from None
    problems = Draft202012Validator(schema()).iter_errors(value)
    return [f"{'/'.join(map(str, problem.absolute_path)) or '/'}: {problem.message[:200]}" for problem in problems]
