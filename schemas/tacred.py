"""TACRED: how two marked mentions in a sentence of news relate.

41 relations (Zhang et al. 2017, "Position-aware attention and supervised data improve slot
filling"); what relates in none of these ways, ``no_relation``, is no class: nothing is
extracted. The text is licensed by the LDC and is not part of codeie.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity, Relation

__all__ = [
    "LABELS",
    "SCHEMA",
    "SYMMETRIC",
    "CauseOfDeath",
    "City",
    "Country",
    "CriminalCharge",
    "Date",
    "Duration",
    "Ideology",
    "Nationality",
    "NumberValue",
    "Organization",
    "OrganizationAffiliation",
    "OrganizationAlternateName",
    "OrganizationCity",
    "OrganizationCountry",
    "OrganizationDissolved",
    "OrganizationFounded",
    "OrganizationFounder",
    "OrganizationLeader",
    "OrganizationMember",
    "OrganizationMemberOf",
    "OrganizationParent",
    "OrganizationShareholder",
    "OrganizationSize",
    "OrganizationState",
    "OrganizationSubsidiary",
    "OrganizationWebsite",
    "OtherLocation",
    "OtherName",
    "Person",
    "PersonAge",
    "PersonAlternateName",
    "PersonCauseOfDeath",
    "PersonCharge",
    "PersonChild",
    "PersonCityOfBirth",
    "PersonCityOfDeath",
    "PersonCityOfResidence",
    "PersonCountryOfBirth",
    "PersonCountryOfDeath",
    "PersonCountryOfResidence",
    "PersonDateOfBirth",
    "PersonDateOfDeath",
    "PersonEmployer",
    "PersonOrigin",
    "PersonOtherFamily",
    "PersonParent",
    "PersonReligion",
    "PersonSchool",
    "PersonSibling",
    "PersonSpouse",
    "PersonStateOfBirth",
    "PersonStateOfDeath",
    "PersonStateOfResidence",
    "PersonTitle",
    "Religion",
    "StateOrProvince",
    "Title",
    "Website",
]


@dataclass
class Person(Entity):
    """A human being by name."""

    name: str  # such as: "Ada Lovelace"


@dataclass
class Organization(Entity):
    """A company, agency, party, team or other body by name."""

    name: str  # such as: "Red Cross"


@dataclass
class City(Entity):
    """A town or city."""

    name: str  # such as: "Oslo"


@dataclass
class StateOrProvince(Entity):
    """A state, province or region of a country."""

    name: str  # such as: "Ontario"


@dataclass
class Country(Entity):
    """A sovereign state."""

    name: str  # such as: "Kenya"


@dataclass
class OtherLocation(Entity):
    """A named place that is no town, region or country."""

    name: str  # such as: "the Alps"


@dataclass
class Date(Entity):
    """A day, month, year or time span."""

    name: str  # such as: "May 1990"


@dataclass
class NumberValue(Entity):
    """A number, in figures or words."""

    name: str  # such as: "300", "two dozen"


@dataclass
class Duration(Entity):
    """How long, or an age."""

    name: str  # such as: "42 years"


@dataclass
class Title(Entity):
    """A post or calling."""

    name: str  # such as: "chairwoman"


@dataclass
class Nationality(Entity):
    """The people or state someone belongs to, as an adjective or name."""

    name: str  # such as: "Norwegian"


@dataclass
class Religion(Entity):
    """A faith."""

    name: str  # such as: "Buddhism"


@dataclass
class Ideology(Entity):
    """A school of political thought."""

    name: str  # such as: "liberal"


@dataclass
class CauseOfDeath(Entity):
    """What someone died of."""

    name: str  # such as: "heart failure"


@dataclass
class CriminalCharge(Entity):
    """A crime someone is accused of."""

    name: str  # such as: "perjury"


@dataclass
class Website(Entity):
    """The address of a page."""

    name: str  # such as: "example.org"


@dataclass
class OtherName(Entity):
    """A name of none of the other kinds."""

    name: str  # such as: "Pulitzer Prize"


@dataclass
class PersonAge(Relation):
    """How old the person is or was."""

    head: Person
    tail: NumberValue | Duration


@dataclass
class PersonAlternateName(Relation):
    """Another name of the same person."""

    head: Person
    tail: Person | OtherName


@dataclass
class PersonCauseOfDeath(Relation):
    """What the person died of."""

    head: Person
    tail: CauseOfDeath


@dataclass
class PersonCharge(Relation):
    """What the person was charged with or convicted of."""

    head: Person
    tail: CriminalCharge


@dataclass
class PersonChild(Relation):
    """A son or daughter of the person."""

    head: Person
    tail: Person


@dataclass
class PersonCityOfResidence(Relation):
    """The town where the person lives or lived."""

    head: Person
    tail: City | OtherLocation


@dataclass
class PersonCityOfBirth(Relation):
    """The town where the person was born."""

    head: Person
    tail: City | OtherLocation


@dataclass
class PersonCityOfDeath(Relation):
    """The town where the person died."""

    head: Person
    tail: City | OtherLocation


@dataclass
class PersonCountryOfResidence(Relation):
    """The country where the person lives or lived."""

    head: Person
    tail: Country | Nationality


@dataclass
class PersonCountryOfBirth(Relation):
    """The country where the person was born."""

    head: Person
    tail: Country | Nationality


@dataclass
class PersonCountryOfDeath(Relation):
    """The country where the person died."""

    head: Person
    tail: Country | Nationality


@dataclass
class PersonDateOfBirth(Relation):
    """When the person was born."""

    head: Person
    tail: Date


@dataclass
class PersonDateOfDeath(Relation):
    """When the person died."""

    head: Person
    tail: Date


@dataclass
class PersonEmployer(Relation):
    """The body the person works or worked for."""

    head: Person
    tail: Organization | Country | StateOrProvince | City


@dataclass
class PersonOrigin(Relation):
    """The people or country the person comes from."""

    head: Person
    tail: Country | Nationality


@dataclass
class PersonOtherFamily(Relation):
    """A relative who is no parent, child, sibling or spouse."""

    head: Person
    tail: Person


@dataclass
class PersonParent(Relation):
    """The person's mother or father."""

    head: Person
    tail: Person


@dataclass
class PersonReligion(Relation):
    """The faith the person holds to."""

    head: Person
    tail: Religion


@dataclass
class PersonSchool(Relation):
    """A school or university the person went to."""

    head: Person
    tail: Organization


@dataclass
class PersonSibling(Relation):
    """A brother or sister of the person."""

    head: Person
    tail: Person


@dataclass
class PersonSpouse(Relation):
    """Whom the person is or was married to."""

    head: Person
    tail: Person


@dataclass
class PersonStateOfBirth(Relation):
    """The state or province where the person was born."""

    head: Person
    tail: StateOrProvince


@dataclass
class PersonStateOfDeath(Relation):
    """The state or province where the person died."""

    head: Person
    tail: StateOrProvince


@dataclass
class PersonStateOfResidence(Relation):
    """The state or province where the person lives or lived."""

    head: Person
    tail: StateOrProvince


@dataclass
class PersonTitle(Relation):
    """A post or calling of the person."""

    head: Person
    tail: Title


@dataclass
class OrganizationAlternateName(Relation):
    """Another name or short form of the same body."""

    head: Organization
    tail: Organization | OtherName


@dataclass
class OrganizationCity(Relation):
    """The town of the head office."""

    head: Organization
    tail: City | OtherLocation


@dataclass
class OrganizationCountry(Relation):
    """The country of the head office."""

    head: Organization
    tail: Country | Nationality


@dataclass
class OrganizationDissolved(Relation):
    """When the body ceased to be."""

    head: Organization
    tail: Date


@dataclass
class OrganizationFounded(Relation):
    """When the body was founded."""

    head: Organization
    tail: Date


@dataclass
class OrganizationFounder(Relation):
    """Who founded the body."""

    head: Organization
    tail: Person | Organization


@dataclass
class OrganizationMemberOf(Relation):
    """A body of which this one is a member on its own terms."""

    head: Organization
    tail: Organization | Country | StateOrProvince | OtherLocation


@dataclass
class OrganizationMember(Relation):
    """A member that runs itself."""

    head: Organization
    tail: Organization | Country


@dataclass
class OrganizationSize(Relation):
    """How many work for or belong to the body."""

    head: Organization
    tail: NumberValue


@dataclass
class OrganizationParent(Relation):
    """The body that owns or runs this one."""

    head: Organization
    tail: Organization | Country | StateOrProvince | City


@dataclass
class OrganizationAffiliation(Relation):
    """The faith or political school of the body."""

    head: Organization
    tail: Religion | Ideology


@dataclass
class OrganizationShareholder(Relation):
    """Who holds shares in the body."""

    head: Organization
    tail: Person | Organization


@dataclass
class OrganizationState(Relation):
    """The state or province of the head office."""

    head: Organization
    tail: StateOrProvince


@dataclass
class OrganizationSubsidiary(Relation):
    """A body that this one owns or runs."""

    head: Organization
    tail: Organization | OtherLocation


@dataclass
class OrganizationLeader(Relation):
    """Someone who leads the body."""

    head: Organization
    tail: Person


@dataclass
class OrganizationWebsite(Relation):
    """The body's page."""

    head: Organization
    tail: Website


LABELS: dict[str, type] = {
    "PERSON": Person,
    "ORGANIZATION": Organization,
    "CITY": City,
    "STATE_OR_PROVINCE": StateOrProvince,
    "COUNTRY": Country,
    "LOCATION": OtherLocation,
    "DATE": Date,
    "NUMBER": NumberValue,
    "DURATION": Duration,
    "TITLE": Title,
    "NATIONALITY": Nationality,
    "RELIGION": Religion,
    "IDEOLOGY": Ideology,
    "CAUSE_OF_DEATH": CauseOfDeath,
    "CRIMINAL_CHARGE": CriminalCharge,
    "URL": Website,
    "MISC": OtherName,
    "per:age": PersonAge,
    "per:alternate_names": PersonAlternateName,
    "per:cause_of_death": PersonCauseOfDeath,
    "per:charges": PersonCharge,
    "per:children": PersonChild,
    "per:cities_of_residence": PersonCityOfResidence,
    "per:city_of_birth": PersonCityOfBirth,
    "per:city_of_death": PersonCityOfDeath,
    "per:countries_of_residence": PersonCountryOfResidence,
    "per:country_of_birth": PersonCountryOfBirth,
    "per:country_of_death": PersonCountryOfDeath,
    "per:date_of_birth": PersonDateOfBirth,
    "per:date_of_death": PersonDateOfDeath,
    "per:employee_of": PersonEmployer,
    "per:origin": PersonOrigin,
    "per:other_family": PersonOtherFamily,
    "per:parents": PersonParent,
    "per:religion": PersonReligion,
    "per:schools_attended": PersonSchool,
    "per:siblings": PersonSibling,
    "per:spouse": PersonSpouse,
    "per:stateorprovince_of_birth": PersonStateOfBirth,
    "per:stateorprovince_of_death": PersonStateOfDeath,
    "per:stateorprovinces_of_residence": PersonStateOfResidence,
    "per:title": PersonTitle,
    "org:alternate_names": OrganizationAlternateName,
    "org:city_of_headquarters": OrganizationCity,
    "org:country_of_headquarters": OrganizationCountry,
    "org:dissolved": OrganizationDissolved,
    "org:founded": OrganizationFounded,
    "org:founded_by": OrganizationFounder,
    "org:member_of": OrganizationMemberOf,
    "org:members": OrganizationMember,
    "org:number_of_employees/members": OrganizationSize,
    "org:parents": OrganizationParent,
    "org:political/religious_affiliation": OrganizationAffiliation,
    "org:shareholders": OrganizationShareholder,
    "org:stateorprovince_of_headquarters": OrganizationState,
    "org:subsidiaries": OrganizationSubsidiary,
    "org:top_members/employees": OrganizationLeader,
    "org:website": OrganizationWebsite,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    Person,
    Organization,
    City,
    StateOrProvince,
    Country,
    OtherLocation,
    Date,
    NumberValue,
    Duration,
    Title,
    Nationality,
    Religion,
    Ideology,
    CauseOfDeath,
    CriminalCharge,
    Website,
    OtherName,
    PersonAge,
    PersonAlternateName,
    PersonCauseOfDeath,
    PersonCharge,
    PersonChild,
    PersonCityOfResidence,
    PersonCityOfBirth,
    PersonCityOfDeath,
    PersonCountryOfResidence,
    PersonCountryOfBirth,
    PersonCountryOfDeath,
    PersonDateOfBirth,
    PersonDateOfDeath,
    PersonEmployer,
    PersonOrigin,
    PersonOtherFamily,
    PersonParent,
    PersonReligion,
    PersonSchool,
    PersonSibling,
    PersonSpouse,
    PersonStateOfBirth,
    PersonStateOfDeath,
    PersonStateOfResidence,
    PersonTitle,
    OrganizationAlternateName,
    OrganizationCity,
    OrganizationCountry,
    OrganizationDissolved,
    OrganizationFounded,
    OrganizationFounder,
    OrganizationMemberOf,
    OrganizationMember,
    OrganizationSize,
    OrganizationParent,
    OrganizationAffiliation,
    OrganizationShareholder,
    OrganizationState,
    OrganizationSubsidiary,
    OrganizationLeader,
    OrganizationWebsite,
]
"""What the dataset annotates."""

SYMMETRIC: frozenset[str] = frozenset({"PersonOtherFamily", "PersonSibling", "PersonSpouse"})
"""Relations whose head and tail may be swapped."""
