"""One dataclass becomes a `ClassSpec`."""

from __future__ import annotations

import abc
import dataclasses
import inspect
import keyword
import typing
from collections.abc import Collection, Iterable

from codeie.errors import SchemaError
from codeie.introspection._comments import Comments, field_comments
from codeie.introspection._declared import Declared, declared
from codeie.introspection._guidelines import read_docstring, read_notes
from codeie.introspection._names import annotated_names, scope_of
from codeie.introspection._spec import ClassSpec, FieldSpec, Role
from codeie.introspection._types import Annotation, Unsupported, read_annotation, with_none
from codeie.types import Entity, Event, Guideline, Relation
from codeie.wording import an

__all__ = ["check_class", "class_spec"]

_MARKERS = {Entity: Role.ENTITY, Relation: Role.RELATION, Event: Role.EVENT}
_MODEL = "pydantic.main.BaseModel"
_UNSHOWN = (object, abc.ABC, typing.Generic, typing.Protocol)


def check_class(cls: object) -> None:
    """Raise unless ``cls`` is a dataclass with a name that can be written in code.

    Args:
        cls: What was given as a class of a schema.

    Raises:
        SchemaError: If it is anything else; the message says what to do.
    """
    if not isinstance(cls, type):
        hint = f"; give the class {type(cls).__name__}" if dataclasses.is_dataclass(cls) else ""
        hint = "; give the class itself, not its name" if isinstance(cls, str) else hint
        raise SchemaError(f"a schema needs classes, got {_shown(cls)}{hint}")
    name = cls.__name__
    if not dataclasses.is_dataclass(cls):
        raise SchemaError(f"{name} is {_how_to_make_one(cls)}", class_name=name)
    if "__dataclass_fields__" not in vars(cls) and annotated_names(cls):
        raise SchemaError(
            f"{name} adds fields to a dataclass without being one; decorate it with @dataclass",
            class_name=name,
        )
    if not name.isidentifier() or keyword.iskeyword(name):
        raise SchemaError(
            f"{name!r} cannot be written as a class name in code; rename the class",
            class_name=name,
        )


def _how_to_make_one(cls: type) -> str:
    """What a class is that is no dataclass, and the lines that make one of it."""
    if any(f"{base.__module__}.{base.__qualname__}" == _MODEL for base in cls.__mro__):
        return (
            "a model of pydantic, not a dataclass; take BaseModel out of its bases, and put "
            "these two lines above it:\nfrom pydantic.dataclasses import dataclass\n@dataclass"
        )
    if "__attrs_attrs__" in vars(cls):
        return (
            "a class of attrs, not a dataclass; in place of attrs' decorator put these two lines "
            "above it:\nfrom dataclasses import dataclass\n@dataclass"
        )
    return "not a dataclass; decorate it with @dataclass"


def class_spec(cls: type, known: Iterable[type]) -> ClassSpec:
    """Find out all about one dataclass.

    Args:
        cls: A class that `check_class` let pass.
        known: The classes given with it, for forward references.

    Raises:
        SchemaError: If a field has a type that is unsupported or cannot be resolved.
    """
    known = tuple(known)
    parameters = inspect.signature(cls).parameters
    _check_constructor(cls, parameters.values())
    real = {field.name for field in dataclasses.fields(cls)}
    own: dict[str, dataclasses.Field[object]] = vars(cls).get(
        "__dataclass_fields__", {field.name: field for field in dataclasses.fields(cls)}
    )
    fields = [
        _field_spec(cls, field, known, init_var=name not in real)
        for name, field in own.items()
        if name in real or name in parameters  # neither: a ClassVar
    ]
    fields.sort(key=lambda spec: spec.kw_only)  # stable: positional ones first
    docstring = read_docstring(_docstring(cls, fields))
    return ClassSpec(
        name=cls.__name__,
        cls=cls,
        role=_role(cls),
        bases=tuple(base for base in cls.__bases__ if base not in _UNSHOWN),
        guideline=docstring.text,
        fields=tuple(fields),
        candidates=docstring.candidates,
    )


def _check_constructor(cls: type, parameters: Collection[inspect.Parameter]) -> None:
    """A constructor written by hand must take the fields by their names."""
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return
    takes = {parameter.name for parameter in parameters}
    # A signature made by pydantic names the aliases, also where names are taken as well.
    named = getattr(cls, "__pydantic_fields__", {})
    for field in dataclasses.fields(cls):
        alias = declared(cls, field.name).alias
        if alias:
            raise _error(
                cls,
                field.name,
                f"the constructor takes it as {alias!r} only; leave out the alias, or use "
                "@dataclass(config={'validate_by_name': True, 'validate_by_alias': True})",
            )
        if field.init and field.name not in takes and field.name not in named:
            raise _error(
                cls,
                field.name,
                "the constructor does not take it; leave __init__ to @dataclass "
                "(use __post_init__ for what else is to be done)",
            )


def _check_default(cls: type, name: str, default: object) -> None:
    """A default that instances would share must not be something that can change."""
    kind = type(default)
    parameters = getattr(kind, "__dataclass_params__", None)
    if parameters is not None and not parameters.frozen:
        raise _error(
            cls,
            name,
            f"its default, {an(kind.__name__)}, would be shared by all instances; "
            f"use field(default_factory=...) or make {kind.__name__} frozen",
        )


def _field_spec(
    cls: type, field: dataclasses.Field[object], known: Iterable[type], *, init_var: bool
) -> FieldSpec:
    said = declared(cls, field.name)
    _check_default(cls, field.name, said.default)
    owner = _owner(cls, field.name)
    try:
        annotation = read_annotation(field.type, owner, scope_of(owner, known))
    except Unsupported as error:
        raise _error(cls, field.name, str(error)) from None
    except NameError as error:
        raise _error(
            cls,
            field.name,
            f"{error.name or error} is not defined there; if it is a class, give it together "
            "with the others, or define it at the top level of its module",
        ) from error
    except Exception as error:
        raise _error(
            cls,
            field.name,
            f"its annotation {field.type!r} cannot be read ({type(error).__name__}: {error})",
        ) from error
    spec = annotation.type
    if said.default is None:  # `name: str = None` takes None, whatever it says
        spec = with_none(spec)
    reading = read_notes(_notes(owner, field.name, said, annotation))
    return FieldSpec(
        name=field.name,
        type=spec,
        guideline=reading.text,
        candidates=reading.candidates,
        default=said.default,
        default_factory=said.default_factory,
        init=field.init,
        kw_only=field.kw_only is True,
        init_var=init_var,
        in_text=annotation.in_text,
    )


def _owner(cls: type, name: str) -> type:
    """The class whose body declares the field."""
    return next((base for base in cls.__mro__ if name in annotated_names(base)), cls)


def _notes(owner: type, name: str, said: Declared, annotation: Annotation) -> list[str | Guideline]:
    """All that is written about a field, in the order in which a reader meets it."""
    comments = field_comments(owner).get(name, Comments())
    return [
        " ".join(comments.above),
        *annotation.notes,
        *said.notes,
        " ".join(comments.beside),
        *comments.below,
    ]


def _role(cls: type) -> Role:
    roles = [role for marker, role in _MARKERS.items() if issubclass(cls, marker)]
    if len(roles) > 1:
        raise SchemaError(
            f"{cls.__name__} is marked as {' and '.join(roles)}; keep one of these bases",
            class_name=cls.__name__,
        )
    return roles[0] if roles else Role.RECORD


def _docstring(cls: type, fields: Iterable[FieldSpec]) -> str:
    docstring = vars(cls).get("__doc__")
    if not isinstance(docstring, str):
        return ""
    generated = docstring.startswith(f"{cls.__name__}(") and docstring.endswith(")")
    if generated and all(f"{field.name}:" in docstring for field in fields if field.init):
        return ""
    return docstring


def _error(cls: type, field: str, problem: str) -> SchemaError:
    return SchemaError(
        f"{cls.__name__}.{field}: {problem}", class_name=cls.__name__, field_name=field
    )


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
