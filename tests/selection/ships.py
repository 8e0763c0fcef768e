"""Classes of a ship's log, and some pages of it, labelled."""

from __future__ import annotations

from dataclasses import dataclass

from codeie import Demonstration, Entity, Relation, introspect
from codeie.selection import Query


@dataclass(frozen=True)
class Ship(Entity):
    """A vessel with a name."""

    name: str


@dataclass(frozen=True)
class Port(Entity):
    """A place where ships land."""

    name: str


@dataclass(frozen=True)
class Crew(Entity):
    """Someone on board."""

    name: str


@dataclass(frozen=True)
class Left(Relation):
    """The ship left the port."""

    head: Ship
    tail: Port


SCHEMA = introspect([Ship, Port, Crew, Left])
TERN = Demonstration("The Tern left Skagen at dawn.", [Ship("Tern"), Port("Skagen")])
LOTTA = Demonstration("The Lotta came back to Oban.", [Ship("Lotta"), Port("Oban")])
COOK = Demonstration("Ivar cooks for everybody.", [Crew("Ivar")])
NOTHING = Demonstration("Nothing moved that day in the fog.", [])
LOG = [TERN, LOTTA, COOK, NOTHING]
QUERY = Query("The Gull left Skagen in the fog.", SCHEMA)

WORDS = [
    "tern",
    "gull",
    "lotta",
    "skagen",
    "oban",
    "fog",
    "dawn",
    "left",
    "came",
    "sank",
    "ivar",
    "cook",
    "rope",
    "tide",
    "north",
]
