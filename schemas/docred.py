"""DocRED and Re-DocRED: relations across whole documents.

96 relations of Wikidata between entities of Wikipedia introductions (Yao et al. 2019, "DocRED: a
large-scale document-level relation extraction dataset"; Tan et al. 2022, "Revisiting DocRED").
An entity is all of its mentions; score by entity. Heads and tails name the kinds that the
property's sense asks for; where gold departs from them, the mention's own kind is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "AdministrativeLocation",
    "AppliesToJurisdiction",
    "Author",
    "AwardReceived",
    "BasinCountry",
    "Capital",
    "CapitalOf",
    "CastMember",
    "Chairperson",
    "Characters",
    "Child",
    "Composer",
    "Conflict",
    "ContainsAdministrativeArea",
    "Continent",
    "Country",
    "CountryOfCitizenship",
    "CountryOfOrigin",
    "Creator",
    "DateOfBirth",
    "DateOfDeath",
    "Developer",
    "Director",
    "Dissolved",
    "EducatedAt",
    "Employer",
    "EndTime",
    "EthnicGroup",
    "Father",
    "FollowedBy",
    "Follows",
    "FoundedBy",
    "Genre",
    "HasPart",
    "HeadOfGovernment",
    "HeadOfState",
    "HeadquartersLocation",
    "Inception",
    "InfluencedBy",
    "InstanceOf",
    "LanguagesSpoken",
    "League",
    "LegislativeBody",
    "LocatedByWater",
    "LocatedOnTerrain",
    "Location",
    "LocationOf",
    "LocationOfFormation",
    "LyricsBy",
    "Manufacturer",
    "MemberOf",
    "MemberOfPoliticalParty",
    "MemberOfSportsTeam",
    "MilitaryBranch",
    "Miscellaneous",
    "Mother",
    "MouthOfWatercourse",
    "NarrativeLocation",
    "NotableWork",
    "NumberExpression",
    "OfficialLanguage",
    "Operator",
    "Organization",
    "OriginalLanguage",
    "OriginalNetwork",
    "OwnedBy",
    "ParentOrganization",
    "ParentTaxon",
    "PartOf",
    "Participant",
    "ParticipantOf",
    "Performer",
    "Person",
    "PlaceOfBirth",
    "PlaceOfDeath",
    "Platform",
    "PointInTime",
    "PositionHeld",
    "PresentInWork",
    "Producer",
    "ProductProduced",
    "ProductionCompany",
    "PublicationDate",
    "Publisher",
    "RecordLabel",
    "Religion",
    "ReplacedBy",
    "Replaces",
    "Residence",
    "Screenwriter",
    "SeparatedFrom",
    "Series",
    "Sibling",
    "SisterCity",
    "Spouse",
    "StartTime",
    "SubclassOf",
    "Subsidiary",
    "TerritoryClaimedBy",
    "TimeExpression",
    "UnemploymentRate",
    "WorkLocation",
]


@dataclass
class Person(Entity):
    """Someone by name, invented figures included."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organization(Entity):
    """A company, party, team, school or other body by name."""

    name: str  # such as: "Royal Society"


@dataclass
class Location(Entity):
    """A place by name, countries and buildings included."""

    name: str  # such as: "Lake Como"


@dataclass
class TimeExpression(Entity):
    """A date, year or stretch of time."""

    name: str  # such as: "July 1895"


@dataclass
class NumberExpression(Entity):
    """A number, share, amount or measure."""

    name: str  # such as: "55 %"


@dataclass
class Miscellaneous(Entity):
    """Any other name: works, events, languages, products, laws."""

    name: str  # such as: "Middlemarch"


Anything = Person | Organization | Location | TimeExpression | NumberExpression | Miscellaneous


@dataclass
class HeadOfGovernment(Relation):
    """The person leads the government of the place."""

    head: Location
    tail: Person


@dataclass
class Country(Relation):
    """The thing or place belongs to the country."""

    head: Anything
    tail: Location


@dataclass
class PlaceOfBirth(Relation):
    """The person was born in the place."""

    head: Person
    tail: Location


@dataclass
class PlaceOfDeath(Relation):
    """The person died in the place."""

    head: Person
    tail: Location


@dataclass
class Father(Relation):
    """The tail is the head's father."""

    head: Person
    tail: Person


@dataclass
class Mother(Relation):
    """The tail is the head's mother."""

    head: Person
    tail: Person


@dataclass
class Spouse(Relation):
    """The two are or were married."""

    head: Person
    tail: Person


@dataclass
class CountryOfCitizenship(Relation):
    """The person is a citizen of the country."""

    head: Person
    tail: Location


@dataclass
class Continent(Relation):
    """The place lies on the continent."""

    head: Location
    tail: Location


@dataclass
class InstanceOf(Relation):
    """The head is one example of the class."""

    head: Anything
    tail: Anything


@dataclass
class HeadOfState(Relation):
    """The person is head of the state."""

    head: Location
    tail: Person


@dataclass
class Capital(Relation):
    """The tail is the seat of government of the head."""

    head: Location
    tail: Location


@dataclass
class OfficialLanguage(Relation):
    """The language is official in the place or body."""

    head: Location | Organization
    tail: Miscellaneous


@dataclass
class PositionHeld(Relation):
    """The person holds or held the office."""

    head: Person
    tail: Anything


@dataclass
class Child(Relation):
    """The tail is the head's child."""

    head: Person
    tail: Person


@dataclass
class Author(Relation):
    """The person wrote the work."""

    head: Miscellaneous
    tail: Person


@dataclass
class MemberOfSportsTeam(Relation):
    """The person plays or played for the team."""

    head: Person
    tail: Organization


@dataclass
class Director(Relation):
    """The person directed the film, play or programme."""

    head: Miscellaneous
    tail: Person


@dataclass
class Screenwriter(Relation):
    """The person wrote the script."""

    head: Miscellaneous
    tail: Person


@dataclass
class EducatedAt(Relation):
    """The person learned at the institution."""

    head: Person
    tail: Organization


@dataclass
class Composer(Relation):
    """The person composed the music."""

    head: Miscellaneous
    tail: Person


@dataclass
class MemberOfPoliticalParty(Relation):
    """The person belongs or belonged to the party."""

    head: Person
    tail: Organization


@dataclass
class Employer(Relation):
    """The person works or worked for the employer."""

    head: Person
    tail: Organization


@dataclass
class FoundedBy(Relation):
    """The tail founded the head."""

    head: Anything
    tail: Anything


@dataclass
class League(Relation):
    """The team or player competes in the league."""

    head: Anything
    tail: Organization


@dataclass
class Publisher(Relation):
    """The body publishes the work."""

    head: Miscellaneous
    tail: Organization


@dataclass
class OwnedBy(Relation):
    """The tail owns the head."""

    head: Anything
    tail: Anything


@dataclass
class AdministrativeLocation(Relation):
    """The head lies in the administrative area."""

    head: Anything
    tail: Location


@dataclass
class Genre(Relation):
    """The work or artist is of the genre."""

    head: Anything
    tail: Miscellaneous


@dataclass
class Operator(Relation):
    """The tail runs the head."""

    head: Anything
    tail: Anything


@dataclass
class Religion(Relation):
    """The person or body holds to the religion."""

    head: Anything
    tail: Anything


@dataclass
class ContainsAdministrativeArea(Relation):
    """The area is divided into areas of which the tail is one."""

    head: Location
    tail: Location


@dataclass
class Follows(Relation):
    """The head comes right after the tail in a series."""

    head: Anything
    tail: Anything


@dataclass
class FollowedBy(Relation):
    """The head comes right before the tail in a series."""

    head: Anything
    tail: Anything


@dataclass
class HeadquartersLocation(Relation):
    """The organization has its head office in the place."""

    head: Organization
    tail: Location


@dataclass
class CastMember(Relation):
    """The person acts in the film, play or programme."""

    head: Miscellaneous
    tail: Person


@dataclass
class Producer(Relation):
    """The person or company produced the work."""

    head: Miscellaneous
    tail: Anything


@dataclass
class AwardReceived(Relation):
    """The head was given the award."""

    head: Anything
    tail: Miscellaneous


@dataclass
class Creator(Relation):
    """The tail made the work or the figure."""

    head: Anything
    tail: Anything


@dataclass
class ParentTaxon(Relation):
    """The tail is the next larger group of living things."""

    head: Miscellaneous
    tail: Miscellaneous


@dataclass
class EthnicGroup(Relation):
    """The person belongs to the ethnic group."""

    head: Person
    tail: Anything


@dataclass
class Performer(Relation):
    """The tail performs the work or plays the part."""

    head: Miscellaneous
    tail: Anything


@dataclass
class Manufacturer(Relation):
    """The company makes the product."""

    head: Miscellaneous
    tail: Organization


@dataclass
class Developer(Relation):
    """The tail built the software, game or technology."""

    head: Miscellaneous
    tail: Anything


@dataclass
class Series(Relation):
    """The head is part of the series."""

    head: Miscellaneous
    tail: Miscellaneous


@dataclass
class SisterCity(Relation):
    """The two towns are partners."""

    head: Location
    tail: Location


@dataclass
class LegislativeBody(Relation):
    """The body makes the laws of the place."""

    head: Anything
    tail: Organization


@dataclass
class BasinCountry(Relation):
    """The water drains land of the country."""

    head: Location
    tail: Location


@dataclass
class LocatedByWater(Relation):
    """The head lies on or beside the water."""

    head: Anything
    tail: Location


@dataclass
class MilitaryBranch(Relation):
    """The person or unit belongs to the branch of the forces."""

    head: Anything
    tail: Organization


@dataclass
class RecordLabel(Relation):
    """The label brings out the artist's or work's records."""

    head: Anything
    tail: Organization


@dataclass
class ProductionCompany(Relation):
    """The company produced the film or programme."""

    head: Miscellaneous
    tail: Organization


@dataclass
class LocationOf(Relation):
    """The thing or event is, or took place, at the place."""

    head: Anything
    tail: Location


@dataclass
class SubclassOf(Relation):
    """Every head is also a tail."""

    head: Anything
    tail: Anything


@dataclass
class Subsidiary(Relation):
    """The tail is a company or body under the head."""

    head: Organization
    tail: Organization


@dataclass
class PartOf(Relation):
    """The head is a part of the tail."""

    head: Anything
    tail: Anything


@dataclass
class OriginalLanguage(Relation):
    """The work was first made in the language."""

    head: Miscellaneous
    tail: Miscellaneous


@dataclass
class Platform(Relation):
    """The software or game runs on the platform."""

    head: Miscellaneous
    tail: Anything


@dataclass
class MouthOfWatercourse(Relation):
    """The river flows into the water."""

    head: Location
    tail: Location


@dataclass
class OriginalNetwork(Relation):
    """The broadcaster first showed the programme."""

    head: Miscellaneous
    tail: Organization


@dataclass
class MemberOf(Relation):
    """The head is a member of the body."""

    head: Anything
    tail: Organization


@dataclass
class Chairperson(Relation):
    """The person presides over the body."""

    head: Organization
    tail: Person


@dataclass
class CountryOfOrigin(Relation):
    """The work or product comes from the country."""

    head: Anything
    tail: Location


@dataclass
class HasPart(Relation):
    """The tail is a part of the head."""

    head: Anything
    tail: Anything


@dataclass
class Residence(Relation):
    """The person lives or lived in the place."""

    head: Person
    tail: Location


@dataclass
class DateOfBirth(Relation):
    """The person was born at the time."""

    head: Person
    tail: TimeExpression


@dataclass
class DateOfDeath(Relation):
    """The person died at the time."""

    head: Person
    tail: TimeExpression


@dataclass
class Inception(Relation):
    """The head began or was founded at the time."""

    head: Anything
    tail: TimeExpression


@dataclass
class Dissolved(Relation):
    """The head ended or was pulled down at the time."""

    head: Anything
    tail: TimeExpression


@dataclass
class PublicationDate(Relation):
    """The work came out at the time."""

    head: Anything
    tail: TimeExpression


@dataclass
class StartTime(Relation):
    """The head began at the time."""

    head: Anything
    tail: TimeExpression


@dataclass
class EndTime(Relation):
    """The head ended at the time."""

    head: Anything
    tail: TimeExpression


@dataclass
class PointInTime(Relation):
    """The event took place at the time."""

    head: Anything
    tail: TimeExpression


@dataclass
class Conflict(Relation):
    """The person or unit fought in the conflict."""

    head: Anything
    tail: Miscellaneous


@dataclass
class Characters(Relation):
    """The figure appears in the work."""

    head: Miscellaneous
    tail: Anything


@dataclass
class LyricsBy(Relation):
    """The person wrote the words of the song."""

    head: Miscellaneous
    tail: Person


@dataclass
class LocatedOnTerrain(Relation):
    """The head lies on the landform."""

    head: Anything
    tail: Location


@dataclass
class Participant(Relation):
    """The tail takes part in the event."""

    head: Anything
    tail: Anything


@dataclass
class InfluencedBy(Relation):
    """The tail shaped the head's work or thought."""

    head: Anything
    tail: Anything


@dataclass
class LocationOfFormation(Relation):
    """The group was formed in the place."""

    head: Organization
    tail: Location


@dataclass
class ParentOrganization(Relation):
    """The tail is the body that the head belongs under."""

    head: Organization
    tail: Organization


@dataclass
class NotableWork(Relation):
    """The work is one the person is known for."""

    head: Anything
    tail: Anything


@dataclass
class SeparatedFrom(Relation):
    """The head came into being by leaving the tail."""

    head: Anything
    tail: Anything


@dataclass
class NarrativeLocation(Relation):
    """The work's story is set in the place."""

    head: Miscellaneous
    tail: Location


@dataclass
class WorkLocation(Relation):
    """The person works or worked in the place."""

    head: Person
    tail: Location


@dataclass
class AppliesToJurisdiction(Relation):
    """The law, office or body holds for the area."""

    head: Anything
    tail: Location


@dataclass
class ProductProduced(Relation):
    """The head makes the product or material."""

    head: Anything
    tail: Anything


@dataclass
class UnemploymentRate(Relation):
    """The number is the share of people without work in the place."""

    head: Location
    tail: NumberExpression


@dataclass
class TerritoryClaimedBy(Relation):
    """The tail lays claim to the territory."""

    head: Location
    tail: Anything


@dataclass
class ParticipantOf(Relation):
    """The head takes part in the event."""

    head: Anything
    tail: Anything


@dataclass
class Replaces(Relation):
    """The head took the place of the tail."""

    head: Anything
    tail: Anything


@dataclass
class ReplacedBy(Relation):
    """The tail took the place of the head."""

    head: Anything
    tail: Anything


@dataclass
class CapitalOf(Relation):
    """The head is the seat of government of the tail."""

    head: Location
    tail: Location


@dataclass
class LanguagesSpoken(Relation):
    """The person speaks or writes the language."""

    head: Person
    tail: Anything


@dataclass
class PresentInWork(Relation):
    """The figure appears in the work."""

    head: Anything
    tail: Miscellaneous


@dataclass
class Sibling(Relation):
    """The two have a parent in common."""

    head: Person
    tail: Person


LABELS: dict[str, type] = {
    "PER": Person,
    "ORG": Organization,
    "LOC": Location,
    "TIME": TimeExpression,
    "NUM": NumberExpression,
    "MISC": Miscellaneous,
    "P6": HeadOfGovernment,
    "P17": Country,
    "P19": PlaceOfBirth,
    "P20": PlaceOfDeath,
    "P22": Father,
    "P25": Mother,
    "P26": Spouse,
    "P27": CountryOfCitizenship,
    "P30": Continent,
    "P31": InstanceOf,
    "P35": HeadOfState,
    "P36": Capital,
    "P37": OfficialLanguage,
    "P39": PositionHeld,
    "P40": Child,
    "P50": Author,
    "P54": MemberOfSportsTeam,
    "P57": Director,
    "P58": Screenwriter,
    "P69": EducatedAt,
    "P86": Composer,
    "P102": MemberOfPoliticalParty,
    "P108": Employer,
    "P112": FoundedBy,
    "P118": League,
    "P123": Publisher,
    "P127": OwnedBy,
    "P131": AdministrativeLocation,
    "P136": Genre,
    "P137": Operator,
    "P140": Religion,
    "P150": ContainsAdministrativeArea,
    "P155": Follows,
    "P156": FollowedBy,
    "P159": HeadquartersLocation,
    "P161": CastMember,
    "P162": Producer,
    "P166": AwardReceived,
    "P170": Creator,
    "P171": ParentTaxon,
    "P172": EthnicGroup,
    "P175": Performer,
    "P176": Manufacturer,
    "P178": Developer,
    "P179": Series,
    "P190": SisterCity,
    "P194": LegislativeBody,
    "P205": BasinCountry,
    "P206": LocatedByWater,
    "P241": MilitaryBranch,
    "P264": RecordLabel,
    "P272": ProductionCompany,
    "P276": LocationOf,
    "P279": SubclassOf,
    "P355": Subsidiary,
    "P361": PartOf,
    "P364": OriginalLanguage,
    "P400": Platform,
    "P403": MouthOfWatercourse,
    "P449": OriginalNetwork,
    "P463": MemberOf,
    "P488": Chairperson,
    "P495": CountryOfOrigin,
    "P527": HasPart,
    "P551": Residence,
    "P569": DateOfBirth,
    "P570": DateOfDeath,
    "P571": Inception,
    "P576": Dissolved,
    "P577": PublicationDate,
    "P580": StartTime,
    "P582": EndTime,
    "P585": PointInTime,
    "P607": Conflict,
    "P674": Characters,
    "P676": LyricsBy,
    "P706": LocatedOnTerrain,
    "P710": Participant,
    "P737": InfluencedBy,
    "P740": LocationOfFormation,
    "P749": ParentOrganization,
    "P800": NotableWork,
    "P807": SeparatedFrom,
    "P840": NarrativeLocation,
    "P937": WorkLocation,
    "P1001": AppliesToJurisdiction,
    "P1056": ProductProduced,
    "P1198": UnemploymentRate,
    "P1336": TerritoryClaimedBy,
    "P1344": ParticipantOf,
    "P1365": Replaces,
    "P1366": ReplacedBy,
    "P1376": CapitalOf,
    "P1412": LanguagesSpoken,
    "P1441": PresentInWork,
    "P3373": Sibling,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
    TimeExpression,
    NumberExpression,
    Miscellaneous,
    HeadOfGovernment,
    Country,
    PlaceOfBirth,
    PlaceOfDeath,
    Father,
    Mother,
    Spouse,
    CountryOfCitizenship,
    Continent,
    InstanceOf,
    HeadOfState,
    Capital,
    OfficialLanguage,
    PositionHeld,
    Child,
    Author,
    MemberOfSportsTeam,
    Director,
    Screenwriter,
    EducatedAt,
    Composer,
    MemberOfPoliticalParty,
    Employer,
    FoundedBy,
    League,
    Publisher,
    OwnedBy,
    AdministrativeLocation,
    Genre,
    Operator,
    Religion,
    ContainsAdministrativeArea,
    Follows,
    FollowedBy,
    HeadquartersLocation,
    CastMember,
    Producer,
    AwardReceived,
    Creator,
    ParentTaxon,
    EthnicGroup,
    Performer,
    Manufacturer,
    Developer,
    Series,
    SisterCity,
    LegislativeBody,
    BasinCountry,
    LocatedByWater,
    MilitaryBranch,
    RecordLabel,
    ProductionCompany,
    LocationOf,
    SubclassOf,
    Subsidiary,
    PartOf,
    OriginalLanguage,
    Platform,
    MouthOfWatercourse,
    OriginalNetwork,
    MemberOf,
    Chairperson,
    CountryOfOrigin,
    HasPart,
    Residence,
    DateOfBirth,
    DateOfDeath,
    Inception,
    Dissolved,
    PublicationDate,
    StartTime,
    EndTime,
    PointInTime,
    Conflict,
    Characters,
    LyricsBy,
    LocatedOnTerrain,
    Participant,
    InfluencedBy,
    LocationOfFormation,
    ParentOrganization,
    NotableWork,
    SeparatedFrom,
    NarrativeLocation,
    WorkLocation,
    AppliesToJurisdiction,
    ProductProduced,
    UnemploymentRate,
    TerritoryClaimedBy,
    ParticipantOf,
    Replaces,
    ReplacedBy,
    CapitalOf,
    LanguagesSpoken,
    PresentInWork,
    Sibling,
]
"""What the dataset annotates."""
