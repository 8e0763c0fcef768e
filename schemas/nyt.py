"""NYT: Freebase relations found by distant supervision in news.

24 relations (Riedel, Yao and McCallum 2010, "Modeling relations and their mentions without labeled
text"; the version of Zeng et al. 2018). The text is licensed by the LDC and is not part of codeie.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "CompanyAdvisor",
    "CompanyFoundedIn",
    "CompanyFounder",
    "CompanyIndustry",
    "CompanyShareholder",
    "CountryCapital",
    "CountryHasDivision",
    "DivisionOfCountry",
    "EthnicityLivesIn",
    "EthnicityOf",
    "Location",
    "LocationContains",
    "LocationTeam",
    "NeighborhoodOf",
    "Organization",
    "Person",
    "PersonChild",
    "PersonCompany",
    "PersonEthnicity",
    "PersonLivedIn",
    "PersonNationality",
    "PersonProfession",
    "PersonReligion",
    "PlaceOfBirth",
    "PlaceOfDeath",
    "ShareholderOf",
    "TeamLocation",
]


@dataclass
class Person(Entity):
    """Someone by name; in this dataset also an ethnic group or a calling."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organization(Entity):
    """A company, team or other body by name."""

    name: str  # such as: "Maersk"


@dataclass
class Location(Entity):
    """A place by name."""

    name: str  # such as: "Oslo"


@dataclass
class CompanyAdvisor(Relation):
    """Someone advises the company."""

    head: Organization
    tail: Person


@dataclass
class CompanyFounder(Relation):
    """Someone founded the company."""

    head: Organization
    tail: Person


@dataclass
class CompanyIndustry(Relation):
    """The company works in the industry."""

    head: Organization
    tail: Organization


@dataclass
class CompanyShareholder(Relation):
    """Someone holds a large share of the company."""

    head: Organization
    tail: Person


@dataclass
class CompanyFoundedIn(Relation):
    """The company was founded in the place."""

    head: Organization
    tail: Location


@dataclass
class ShareholderOf(Relation):
    """The person holds a large share of the company."""

    head: Person
    tail: Organization


@dataclass
class PersonCompany(Relation):
    """The person works for, leads or owns the company."""

    head: Person
    tail: Organization


@dataclass
class DivisionOfCountry(Relation):
    """The district, state or town belongs to the country."""

    head: Location
    tail: Location


@dataclass
class CountryHasDivision(Relation):
    """The country has the district, state or town."""

    head: Location
    tail: Location


@dataclass
class CountryCapital(Relation):
    """The country's capital is the town."""

    head: Location
    tail: Location


@dataclass
class LocationContains(Relation):
    """The second place lies inside the first."""

    head: Location
    tail: Location


@dataclass
class NeighborhoodOf(Relation):
    """The quarter belongs to the town."""

    head: Location
    tail: Location


@dataclass
class PlaceOfDeath(Relation):
    """The person died in the place."""

    head: Person
    tail: Location


@dataclass
class EthnicityLivesIn(Relation):
    """The ethnic group lives in the place."""

    head: Person
    tail: Location


@dataclass
class EthnicityOf(Relation):
    """The ethnic group counts the person among its own."""

    head: Person
    tail: Person


@dataclass
class PersonChild(Relation):
    """The second is a child of the first."""

    head: Person
    tail: Person


@dataclass
class PersonEthnicity(Relation):
    """The person belongs to the ethnic group."""

    head: Person
    tail: Person


@dataclass
class PersonNationality(Relation):
    """The person is a citizen of the country."""

    head: Person
    tail: Location


@dataclass
class PersonLivedIn(Relation):
    """The person lives or lived in the place."""

    head: Person
    tail: Location


@dataclass
class PlaceOfBirth(Relation):
    """The person was born in the place."""

    head: Person
    tail: Location


@dataclass
class PersonProfession(Relation):
    """The person follows the calling."""

    head: Person
    tail: Person


@dataclass
class PersonReligion(Relation):
    """The person holds to the religion."""

    head: Person
    tail: Organization


@dataclass
class TeamLocation(Relation):
    """The team plays for the place."""

    head: Organization
    tail: Location


@dataclass
class LocationTeam(Relation):
    """The place is home to the team."""

    head: Location
    tail: Organization


LABELS: dict[str, type] = {
    "PERSON": Person,
    "ORGANIZATION": Organization,
    "LOCATION": Location,
    "/business/company/advisors": CompanyAdvisor,
    "/business/company/founders": CompanyFounder,
    "/business/company/industry": CompanyIndustry,
    "/business/company/major_shareholders": CompanyShareholder,
    "/business/company/place_founded": CompanyFoundedIn,
    "/business/company_shareholder/major_shareholder_of": ShareholderOf,
    "/business/person/company": PersonCompany,
    "/location/administrative_division/country": DivisionOfCountry,
    "/location/country/administrative_divisions": CountryHasDivision,
    "/location/country/capital": CountryCapital,
    "/location/location/contains": LocationContains,
    "/location/neighborhood/neighborhood_of": NeighborhoodOf,
    "/people/deceased_person/place_of_death": PlaceOfDeath,
    "/people/ethnicity/geographic_distribution": EthnicityLivesIn,
    "/people/ethnicity/people": EthnicityOf,
    "/people/person/children": PersonChild,
    "/people/person/ethnicity": PersonEthnicity,
    "/people/person/nationality": PersonNationality,
    "/people/person/place_lived": PersonLivedIn,
    "/people/person/place_of_birth": PlaceOfBirth,
    "/people/person/profession": PersonProfession,
    "/people/person/religion": PersonReligion,
    "/sports/sports_team/location": TeamLocation,
    "/sports/sports_team_location/teams": LocationTeam,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    Location,
    CompanyAdvisor,
    CompanyFounder,
    CompanyIndustry,
    CompanyShareholder,
    CompanyFoundedIn,
    ShareholderOf,
    PersonCompany,
    DivisionOfCountry,
    CountryHasDivision,
    CountryCapital,
    LocationContains,
    NeighborhoodOf,
    PlaceOfDeath,
    EthnicityLivesIn,
    EthnicityOf,
    PersonChild,
    PersonEthnicity,
    PersonNationality,
    PersonLivedIn,
    PlaceOfBirth,
    PersonProfession,
    PersonReligion,
    TeamLocation,
    LocationTeam,
]
"""What the dataset annotates."""
