"""CASIE: cybersecurity events in news.

(Satyapanich, Ferraro and Finin 2020, "CASIE: extracting cybersecurity event information from
text".) Events are the dataset's subtypes; `ROLES` maps its role names to fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeie.types import Event

__all__ = [
    "LABELS",
    "ROLES",
    "SCHEMA",
    "DataBreach",
    "DiscoverVulnerability",
    "PatchVulnerability",
    "Phishing",
    "Ransom",
]


@dataclass
class DataBreach(Event):
    """Someone gets into a system and takes or lays open data."""

    trigger: str  # the word that says it, such as: "breached", "leaked"
    victim: list[str] = field(default_factory=list)  # Who was harmed.
    attacker: list[str] = field(default_factory=list)  # Who did it.
    time: list[str] = field(default_factory=list)  # When.
    place: list[str] = field(default_factory=list)  # Where.
    tool: list[str] = field(default_factory=list)  # The malware, site, message or device used.
    attack_pattern: list[str] = field(default_factory=list)  # How it was done.
    purpose: list[str] = field(default_factory=list)  # What for.
    number_of_victims: list[str] = field(default_factory=list)  # How many were harmed.
    compromised_data: list[str] = field(default_factory=list)  # What data was taken or laid open.
    number_of_data: list[str] = field(default_factory=list)  # How much data.
    damage_amount: list[str] = field(default_factory=list)  # What it cost.


@dataclass
class Phishing(Event):
    """Someone pretends to be another to make people open or give away something."""

    trigger: str  # the word that says it, such as: "tricked", "phishing"
    victim: list[str] = field(default_factory=list)  # Who was harmed.
    attacker: list[str] = field(default_factory=list)  # Who did it.
    time: list[str] = field(default_factory=list)  # When.
    place: list[str] = field(default_factory=list)  # Where.
    tool: list[str] = field(default_factory=list)  # The malware, site, message or device used.
    attack_pattern: list[str] = field(default_factory=list)  # How it was done.
    purpose: list[str] = field(default_factory=list)  # What for.
    damage_amount: list[str] = field(default_factory=list)  # What it cost.
    trusted_entity: list[str] = field(
        default_factory=list
    )  # Whom the message pretends to come from.


@dataclass
class Ransom(Event):
    """Someone locks data or systems and asks for payment."""

    trigger: str  # the word that says it, such as: "demanded", "extorted"
    victim: list[str] = field(default_factory=list)  # Who was harmed.
    attacker: list[str] = field(default_factory=list)  # Who did it.
    time: list[str] = field(default_factory=list)  # When.
    place: list[str] = field(default_factory=list)  # Where.
    tool: list[str] = field(default_factory=list)  # The malware, site, message or device used.
    attack_pattern: list[str] = field(default_factory=list)  # How it was done.
    damage_amount: list[str] = field(default_factory=list)  # What it cost.
    price: list[str] = field(default_factory=list)  # What was asked for or paid.
    payment_method: list[str] = field(default_factory=list)  # How it was to be paid.


@dataclass
class DiscoverVulnerability(Event):
    """Someone finds or makes known a weakness in software."""

    trigger: str  # the word that says it, such as: "found", "disclosed"
    vulnerability: list[str] = field(default_factory=list)  # The weakness.
    vulnerable_system: list[str] = field(default_factory=list)  # What has the weakness.
    vulnerable_system_owner: list[str] = field(
        default_factory=list
    )  # Who makes or owns that system.
    vulnerable_system_version: list[str] = field(default_factory=list)  # Which version of it.
    discoverer: list[str] = field(default_factory=list)  # Who found the weakness.
    capabilities: list[str] = field(default_factory=list)  # What the weakness lets an attacker do.
    cve: list[str] = field(default_factory=list)  # Its number in the public list.
    supported_platform: list[str] = field(default_factory=list)  # Where the system runs.
    time: list[str] = field(default_factory=list)  # When.


@dataclass
class PatchVulnerability(Event):
    """A maker brings out, or tells of, a remedy for a weakness."""

    trigger: str  # the word that says it, such as: "patched", "fixed"
    vulnerability: list[str] = field(default_factory=list)  # The weakness.
    vulnerable_system: list[str] = field(default_factory=list)  # What has the weakness.
    vulnerable_system_version: list[str] = field(default_factory=list)  # Which version of it.
    releaser: list[str] = field(default_factory=list)  # Who brings out the patch.
    patch: list[str] = field(default_factory=list)  # What mends the weakness.
    patch_number: list[str] = field(default_factory=list)  # The patch's number.
    issues_addressed: list[str] = field(default_factory=list)  # What it mends.
    cve: list[str] = field(default_factory=list)  # Its number in the public list.
    supported_platform: list[str] = field(default_factory=list)  # Where the system runs.
    time: list[str] = field(default_factory=list)  # When.


LABELS: dict[str, type] = {
    "Databreach": DataBreach,
    "Phishing": Phishing,
    "Ransom": Ransom,
    "DiscoverVulnerability": DiscoverVulnerability,
    "PatchVulnerability": PatchVulnerability,
}
"""From the dataset's label to the class."""

SCHEMA: list[type] = [
    DataBreach,
    Phishing,
    Ransom,
    DiscoverVulnerability,
    PatchVulnerability,
]
"""What the dataset annotates."""

ROLES: dict[str, str] = {
    "Victim": "victim",
    "Attacker": "attacker",
    "Time": "time",
    "Place": "place",
    "Tool": "tool",
    "Attack-Pattern": "attack_pattern",
    "Purpose": "purpose",
    "Number-of-Victim": "number_of_victims",
    "Compromised-Data": "compromised_data",
    "Number-of-Data": "number_of_data",
    "Damage-Amount": "damage_amount",
    "Trusted-Entity": "trusted_entity",
    "Price": "price",
    "Payment-Method": "payment_method",
    "Vulnerability": "vulnerability",
    "Vulnerable_System": "vulnerable_system",
    "Vulnerable_System_Owner": "vulnerable_system_owner",
    "Vulnerable_System_Version": "vulnerable_system_version",
    "Discoverer": "discoverer",
    "Capabilities": "capabilities",
    "CVE": "cve",
    "Supported_Platform": "supported_platform",
    "Releaser": "releaser",
    "Patch": "patch",
    "Patch-Number": "patch_number",
    "Issues-Addressed": "issues_addressed",
}
"""From the dataset's role to the field."""
