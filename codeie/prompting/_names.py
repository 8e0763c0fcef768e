"""Names and annotations as the model sees them, which masking may have changed."""

from __future__ import annotations

from codeie.introspection import Kind, Schema, TypeSpec
from codeie.syntaxes.source import quoted

__all__ = ["annotation", "class_name"]


def class_name(cls: type, schema: Schema) -> str:
    """The name by which the schema knows a class; its own where the schema does not know it."""
    spec = schema.of(cls)
    return spec.name if spec is not None else cls.__name__


def annotation(spec: TypeSpec, schema: Schema) -> str:
    """A field's type as source, in today's spelling (``X | None``).

    Args:
        spec: The type.
        schema: Gives the classes their names.
    """
    inner = [annotation(arg, schema) for arg in spec.args]
    match spec.kind:
        case Kind.UNION:
            return " | ".join(inner)
        case Kind.LITERAL:
            return f"Literal[{', '.join(map(_literal, spec.values))}]"
        case Kind.CLASS | Kind.ENUM if spec.cls is not None:
            return class_name(spec.cls, schema)
        case Kind.TUPLE:
            return f"tuple[{', '.join(inner) or '()'}{', ...' if spec.variadic else ''}]"
        case _:
            return f"{spec.kind}[{', '.join(inner)}]" if inner else str(spec.kind)


def _literal(value: object) -> str:
    import enum

    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    return quoted(value) if isinstance(value, str) else repr(value)
