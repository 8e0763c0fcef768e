"""Few-NERD entities: 66 fine classes under 8 coarse ones.

Wikipedia (Ding et al. 2021, "Few-NERD: a few-shot named entity recognition dataset"). Labels are
written ``coarse-fine``; some conversions write ``coarse_fine``. `COARSE` gives the coarse class.
"""

from __future__ import annotations

from dataclasses import dataclass

from codeie.types import Entity

__all__ = [
    "LABELS",
    "SCHEMA",
    "Actor",
    "Airplane",
    "Airport",
    "ArtistOrAuthor",
    "AstronomicalThing",
    "Athlete",
    "Award",
    "BiologicalThing",
    "BodyOfWater",
    "BroadcastProgram",
    "Car",
    "ChemicalThing",
    "Company",
    "Currency",
    "Director",
    "Disaster",
    "Disease",
    "EducationalDegree",
    "EducationalOrganization",
    "Election",
    "Film",
    "Food",
    "Game",
    "GeopoliticalEntity",
    "God",
    "GovernmentAgency",
    "Hospital",
    "Hotel",
    "Island",
    "Language",
    "Law",
    "Library",
    "LivingThing",
    "MediaOrganization",
    "MedicalThing",
    "MilitaryConflict",
    "Mountain",
    "Music",
    "OtherArt",
    "OtherBuilding",
    "OtherEvent",
    "OtherLocation",
    "OtherOrganization",
    "OtherPerson",
    "OtherProduct",
    "Painting",
    "Park",
    "PoliticalParty",
    "Politician",
    "Protest",
    "ReligiousOrganization",
    "Restaurant",
    "Scholar",
    "Ship",
    "ShowOrganization",
    "Software",
    "Soldier",
    "SportsEvent",
    "SportsFacility",
    "SportsLeague",
    "SportsTeam",
    "Theater",
    "Train",
    "Transit",
    "Weapon",
    "WrittenArt",
]


@dataclass
class BroadcastProgram(Entity):
    """A programme on radio or television by title."""

    name: str  # such as: "Doctor Who"


@dataclass
class Film(Entity):
    """A film by title."""

    name: str  # such as: "Metropolis"


@dataclass
class Music(Entity):
    """A song, album or composition by title."""

    name: str  # such as: "Kind of Blue"


@dataclass
class OtherArt(Entity):
    """A work of art of another kind by title, sculptures and plays included."""

    name: str  # such as: "The Thinker"


@dataclass
class Painting(Entity):
    """A painting or drawing by title."""

    name: str  # such as: "Guernica"


@dataclass
class WrittenArt(Entity):
    """A book, poem, paper or magazine by title."""

    name: str  # such as: "Middlemarch"


@dataclass
class Airport(Entity):
    """An airport or airfield by name."""

    name: str  # such as: "Heathrow"


@dataclass
class Hospital(Entity):
    """A hospital or clinic by name."""

    name: str  # such as: "Charité"


@dataclass
class Hotel(Entity):
    """A hotel or inn by name."""

    name: str  # such as: "the Ritz"


@dataclass
class Library(Entity):
    """A library by name."""

    name: str  # such as: "Bodleian Library"


@dataclass
class OtherBuilding(Entity):
    """A named building of another kind: museum, church, tower."""

    name: str  # such as: "Eiffel Tower"


@dataclass
class Restaurant(Entity):
    """A restaurant, café or bar by name."""

    name: str  # such as: "Café Procope"


@dataclass
class SportsFacility(Entity):
    """A stadium, arena or track by name."""

    name: str  # such as: "Wembley Stadium"


@dataclass
class Theater(Entity):
    """A theatre, opera house or concert hall by name."""

    name: str  # such as: "La Scala"


@dataclass
class MilitaryConflict(Entity):
    """A war, battle, siege or attack by name."""

    name: str  # such as: "Crimean War"


@dataclass
class Disaster(Entity):
    """A disaster by name."""

    name: str  # such as: "Great Fire of London"


@dataclass
class Election(Entity):
    """A vote by name or year."""

    name: str  # such as: "1945 general election"


@dataclass
class OtherEvent(Entity):
    """A named happening of another kind."""

    name: str  # such as: "Expo 67"


@dataclass
class Protest(Entity):
    """A protest, strike or uprising by name."""

    name: str  # such as: "Peterloo"


@dataclass
class SportsEvent(Entity):
    """A match, cup or games by name."""

    name: str  # such as: "World Cup"


@dataclass
class GeopoliticalEntity(Entity):
    """A country, region or town with a government."""

    name: str  # such as: "Norway"


@dataclass
class BodyOfWater(Entity):
    """A sea, lake or river by name."""

    name: str  # such as: "Lake Como"


@dataclass
class Island(Entity):
    """An island or group of islands by name."""

    name: str  # such as: "Skye"


@dataclass
class Mountain(Entity):
    """A mountain or range by name."""

    name: str  # such as: "Ben Nevis"


@dataclass
class OtherLocation(Entity):
    """A named place of another kind."""

    name: str  # such as: "Piccadilly Circus"


@dataclass
class Park(Entity):
    """A park or reserve by name."""

    name: str  # such as: "Hyde Park"


@dataclass
class Transit(Entity):
    """A road, line, station or bridge by name."""

    name: str  # such as: "Route 66"


@dataclass
class Company(Entity):
    """A company by name."""

    name: str  # such as: "Maersk"


@dataclass
class EducationalOrganization(Entity):
    """A school, university or other place of learning by name."""

    name: str  # such as: "University of Oslo"


@dataclass
class GovernmentAgency(Entity):
    """A government body by name."""

    name: str  # such as: "Home Office"


@dataclass
class MediaOrganization(Entity):
    """A paper, broadcaster or publisher by name."""

    name: str  # such as: "Le Monde"


@dataclass
class OtherOrganization(Entity):
    """A named organization of another kind."""

    name: str  # such as: "Red Cross"


@dataclass
class PoliticalParty(Entity):
    """A party by name."""

    name: str  # such as: "Labour Party"


@dataclass
class ReligiousOrganization(Entity):
    """A church, order or religious body by name."""

    name: str  # such as: "Church of Norway"


@dataclass
class ShowOrganization(Entity):
    """A band, orchestra, troupe or company of performers by name."""

    name: str  # such as: "Bolshoi Ballet"


@dataclass
class SportsLeague(Entity):
    """A league by name."""

    name: str  # such as: "Serie A"


@dataclass
class SportsTeam(Entity):
    """A team or club by name."""

    name: str  # such as: "Leeds United"


@dataclass
class AstronomicalThing(Entity):
    """An object of the sky."""

    name: str  # such as: "Neptune"


@dataclass
class Award(Entity):
    """A prize or honour by name."""

    name: str  # such as: "Turing Award"


@dataclass
class BiologicalThing(Entity):
    """A gene, protein, cell or other thing of biology."""

    name: str  # such as: "haemoglobin"


@dataclass
class ChemicalThing(Entity):
    """A substance or element."""

    name: str  # such as: "sodium chloride"


@dataclass
class Currency(Entity):
    """A currency by name."""

    name: str  # such as: "krone"


@dataclass
class Disease(Entity):
    """An illness by name."""

    name: str  # such as: "measles"


@dataclass
class EducationalDegree(Entity):
    """A degree by name."""

    name: str  # such as: "Master of Science"


@dataclass
class God(Entity):
    """A god by name."""

    name: str  # such as: "Thor"


@dataclass
class Language(Entity):
    """A language by name."""

    name: str  # such as: "Swahili"


@dataclass
class Law(Entity):
    """A law or treaty by name."""

    name: str  # such as: "Magna Carta"


@dataclass
class LivingThing(Entity):
    """A plant, animal or other living thing by kind."""

    name: str  # such as: "silver birch"


@dataclass
class MedicalThing(Entity):
    """A term of medicine that is not a disease: treatment, drug, method."""

    name: str  # such as: "vaccination"


@dataclass
class Actor(Entity):
    """Someone who acts, by name."""

    name: str  # such as: "Buster Keaton"


@dataclass
class ArtistOrAuthor(Entity):
    """Someone who makes or writes works, by name."""

    name: str  # such as: "George Eliot"


@dataclass
class Athlete(Entity):
    """Someone who does sport, by name."""

    name: str  # such as: "Emil Zátopek"


@dataclass
class Director(Entity):
    """Someone who directs films or plays, by name."""

    name: str  # such as: "Agnès Varda"


@dataclass
class OtherPerson(Entity):
    """Someone of another calling, by name."""

    name: str  # such as: "Florence Nightingale"


@dataclass
class Politician(Entity):
    """Someone who holds or seeks office, by name."""

    name: str  # such as: "Gro Harlem Brundtland"


@dataclass
class Scholar(Entity):
    """Someone who does research, by name."""

    name: str  # such as: "Karen Spärck Jones"


@dataclass
class Soldier(Entity):
    """Someone in an army, by name."""

    name: str  # such as: "Garibaldi"


@dataclass
class Airplane(Entity):
    """An aircraft by model or name."""

    name: str  # such as: "Concorde"


@dataclass
class Car(Entity):
    """A car by model."""

    name: str  # such as: "Model T"


@dataclass
class Food(Entity):
    """A dish, drink or ingredient by name."""

    name: str  # such as: "saffron"


@dataclass
class Game(Entity):
    """A game by title."""

    name: str  # such as: "Tetris"


@dataclass
class OtherProduct(Entity):
    """A named product of another kind."""

    name: str  # such as: "Walkman"


@dataclass
class Ship(Entity):
    """A ship or boat by name."""

    name: str  # such as: "Cutty Sark"


@dataclass
class Software(Entity):
    """A program, system or site by name."""

    name: str  # such as: "LaTeX"


@dataclass
class Train(Entity):
    """A train or locomotive by name."""

    name: str  # such as: "Flying Scotsman"


@dataclass
class Weapon(Entity):
    """A weapon by kind or name."""

    name: str  # such as: "longbow"


LABELS: dict[str, type] = {
    "art-broadcastprogram": BroadcastProgram,
    "art-film": Film,
    "art-music": Music,
    "art-other": OtherArt,
    "art-painting": Painting,
    "art-writtenart": WrittenArt,
    "building-airport": Airport,
    "building-hospital": Hospital,
    "building-hotel": Hotel,
    "building-library": Library,
    "building-other": OtherBuilding,
    "building-restaurant": Restaurant,
    "building-sportsfacility": SportsFacility,
    "building-theater": Theater,
    "event-attack/battle/war/militaryconflict": MilitaryConflict,
    "event-disaster": Disaster,
    "event-election": Election,
    "event-other": OtherEvent,
    "event-protest": Protest,
    "event-sportsevent": SportsEvent,
    "location-GPE": GeopoliticalEntity,
    "location-bodiesofwater": BodyOfWater,
    "location-island": Island,
    "location-mountain": Mountain,
    "location-other": OtherLocation,
    "location-park": Park,
    "location-road/railway/highway/transit": Transit,
    "organization-company": Company,
    "organization-education": EducationalOrganization,
    "organization-government/governmentagency": GovernmentAgency,
    "organization-media/newspaper": MediaOrganization,
    "organization-other": OtherOrganization,
    "organization-politicalparty": PoliticalParty,
    "organization-religion": ReligiousOrganization,
    "organization-showorganization": ShowOrganization,
    "organization-sportsleague": SportsLeague,
    "organization-sportsteam": SportsTeam,
    "other-astronomything": AstronomicalThing,
    "other-award": Award,
    "other-biologything": BiologicalThing,
    "other-chemicalthing": ChemicalThing,
    "other-currency": Currency,
    "other-disease": Disease,
    "other-educationaldegree": EducationalDegree,
    "other-god": God,
    "other-language": Language,
    "other-law": Law,
    "other-livingthing": LivingThing,
    "other-medical": MedicalThing,
    "person-actor": Actor,
    "person-artist/author": ArtistOrAuthor,
    "person-athlete": Athlete,
    "person-director": Director,
    "person-other": OtherPerson,
    "person-politician": Politician,
    "person-scholar": Scholar,
    "person-soldier": Soldier,
    "product-airplane": Airplane,
    "product-car": Car,
    "product-food": Food,
    "product-game": Game,
    "product-other": OtherProduct,
    "product-ship": Ship,
    "product-software": Software,
    "product-train": Train,
    "product-weapon": Weapon,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    BroadcastProgram,
    Film,
    Music,
    OtherArt,
    Painting,
    WrittenArt,
    Airport,
    Hospital,
    Hotel,
    Library,
    OtherBuilding,
    Restaurant,
    SportsFacility,
    Theater,
    MilitaryConflict,
    Disaster,
    Election,
    OtherEvent,
    Protest,
    SportsEvent,
    GeopoliticalEntity,
    BodyOfWater,
    Island,
    Mountain,
    OtherLocation,
    Park,
    Transit,
    Company,
    EducationalOrganization,
    GovernmentAgency,
    MediaOrganization,
    OtherOrganization,
    PoliticalParty,
    ReligiousOrganization,
    ShowOrganization,
    SportsLeague,
    SportsTeam,
    AstronomicalThing,
    Award,
    BiologicalThing,
    ChemicalThing,
    Currency,
    Disease,
    EducationalDegree,
    God,
    Language,
    Law,
    LivingThing,
    MedicalThing,
    Actor,
    ArtistOrAuthor,
    Athlete,
    Director,
    OtherPerson,
    Politician,
    Scholar,
    Soldier,
    Airplane,
    Car,
    Food,
    Game,
    OtherProduct,
    Ship,
    Software,
    Train,
    Weapon,
]
"""What the dataset annotates."""

COARSE: dict[type, str] = {cls: label.split("-", 1)[0] for label, cls in LABELS.items()}
"""From the class to the coarse label it stands under."""
