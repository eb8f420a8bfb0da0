"""What a partnership record must be: its fields, their types, the dates it may hold."""

import calendar
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from geo.atlas import vocabulary
from geo.atlas.columns import FINESS, GHT_CODE
from geo.atlas.schema_partnerships import IDENTIFIER

Record = Mapping[str, Any]

KIND_SECTORS: Final[Mapping[str, str]] = {
    "public": "public",
    "universite": "public",
    "collectivite": "public",
    "prive_lucratif": "prive",
    "liberal": "prive",
    "espic_mutualiste": "mutualiste",
    "association": "associatif",
    "militaire": "militaire",
    "groupement": "groupement",
    "inconnu": "inconnu",
}
FORM_FAMILY: Final[Mapping[str, str]] = {
    "gcs_moyens": "gcs",
    "gcs_etablissement": "gcs",
    "gcs": "gcs",
    "gie": "gie_gip",
    "gip": "gie_gip",
    "syndicat_interhospitalier": "gie_gip",
    "convention_partenariat": "convention",
    "convention_association": "convention",
    "convention_adhesion": "convention",
    "convention_occupation": "convention",
    "protocole_accord": "convention",
    "direction_commune": "autre",
    "membre_associe": "statut",
    "partenaire": "statut",
    "federation": "autre",
    "cooperation": "autre",
    "programme": "programme",
}
# Roles that only a member of a GHT can hold, and those that a member cannot.
MEMBER_ROLES: Final = ("support", "membre")
OUTSIDER_ROLES: Final = ("associe", "partenaire")
FORMULA: Final = re.compile(r"^\s*[=+\-@]")
DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
WEB_ADDRESS: Final = r"^https?://[^\s\"'<>]+$"
PRECISIONS: Final = {4: "year", 7: "month", 10: "day"}
STARTS: Final = ("announced", "signed", "in_force")


def precision_of(date: str) -> str:
    """Tell the precision of a date from its form: year, month or day."""
    return PRECISIONS[len(date)]


def year_of(date: str) -> int:
    """Read the year of a date, whatever its precision."""
    return int(date[:4])


def first_day(date: str) -> datetime.date:
    """Give the first day that a date may be."""
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return datetime.date(year, month, day)


def last_day(date: str) -> datetime.date:
    """Give the last day that a date may be."""
    first = first_day(date)
    month = first.month if len(date) > len("2018") else 12
    days = calendar.monthrange(first.year, month)[1]
    return first if precision_of(date) == "day" else datetime.date(first.year, month, days)


# The shape of a record, for pydantic. A refusal carries a French problem and its cure.


def _refuse(problem: str, cure: str) -> PydanticCustomError:
    return PydanticCustomError("atlas", "{problem}", {"problem": problem, "cure": cure})


def _harmless(text: str) -> str:
    """Refuse what a browser or a spreadsheet could run, and what no screen shows."""
    if "<" in text or ">" in text:
        raise _refuse("balise HTML ou chevron", "Écrivez le texte sans « < » ni « > ».")
    if FORMULA.match(text):
        raise _refuse(
            "texte qui commence comme une formule de tableur",
            "Retirez le signe =, +, - ou @ du début.",
        )
    if not text.replace("\u00a0", "").replace("\u202f", "").isprintable():
        raise _refuse("caractère invisible ou retour à la ligne", "Réécrivez le texte.")
    return text


def _real_date(text: str) -> str:
    """Refuse a date that is not one."""
    try:
        first_day(text)
        is_date = DATE.fullmatch(text) is not None
    except ValueError:
        is_date = False
    if not is_date:
        raise _refuse(
            "date impossible", "Écrivez AAAA, AAAA-MM ou AAAA-MM-JJ, une date du calendrier."
        )
    return text


def _among(labels: Mapping[str, str], name: str) -> Callable[[str], str]:
    """Make a check that a code is in a controlled list."""

    def check(code: str) -> str:
        if code not in labels:
            raise _refuse(f"{name} hors de la liste", f"Choisissez parmi {', '.join(labels)}.")
        return code

    return check


Name = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(_harmless)]
Sentence = Annotated[
    str, StringConstraints(min_length=1, max_length=600), AfterValidator(_harmless)
]
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=80)]
Finess = Annotated[str, StringConstraints(pattern=FINESS)]
Date = Annotated[str, AfterValidator(_real_date)]
Certainty = Annotated[str, AfterValidator(_among(vocabulary.CERTAINTIES, "certitude"))]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Party(_Strict):
    """A body that takes part; located by its FINESS number when it has one."""

    name: Name
    kind: Annotated[str, AfterValidator(_among(vocabulary.PARTY_KINDS, "nature"))]
    role: Annotated[str, AfterValidator(_among(vocabulary.ROLES, "rôle"))]
    finess_ej: Finess | None = None
    finess_et: Finess | None = None
    city: Name | None = None
    note: Sentence | None = None


class Milestone(_Strict):
    """A date of the life of a partnership; its precision follows from its form."""

    value: Date
    certainty: Certainty


class Milestones(_Strict):
    """The dates that all partnerships have, known or not."""

    announced: Milestone | None = None
    signed: Milestone | None = None
    in_force: Milestone | None = None
    ended: Milestone | None = None


class Event(_Strict):
    """Something that happened; `source` is the key of a source of the record."""

    text: Sentence
    certainty: Certainty
    date: Date | None = None
    source: Identifier | None = None


class Link(_Strict):
    """A relation to another partnership."""

    relation: Annotated[str, AfterValidator(_among(vocabulary.RELATIONS, "relation"))]
    target: Identifier


class Reference(_Strict):
    """A source: a page, an article; without an address it must have a title."""

    key: Identifier
    publisher: Name
    title: Sentence | None = None
    date: Date | None = None
    url: Annotated[str, StringConstraints(pattern=WEB_ADDRESS, max_length=400)] | None = None
    note: Sentence | None = None


class Partnership(_Strict):
    """A record whose shape is right."""

    id: Identifier
    title: Name
    ght_codes: Annotated[
        list[Annotated[str, StringConstraints(pattern=GHT_CODE)]], Field(min_length=1)
    ]
    form: Annotated[str, AfterValidator(_among(vocabulary.FORMS, "forme"))]
    status: Annotated[str, AfterValidator(_among(vocabulary.STATUSES, "état"))]
    parties: Annotated[list[Party], Field(min_length=1)]
    summary: Sentence
    sources: Annotated[list[Reference], Field(min_length=1)]
    confidence: Annotated[str, AfterValidator(_among(vocabulary.CONFIDENCES, "confiance"))]
    confidence_reason: Sentence
    form_detail: Sentence | None = None
    domains: list[Annotated[str, AfterValidator(_among(vocabulary.DOMAINS, "domaine"))]] = []
    status_date: Date | None = None
    dates: Milestones = Milestones()
    events: list[Event] = []
    allowed: list[Sentence] = []
    next: list[Sentence] = []
    links: list[Link] = []
    disagreements: list[Sentence] = []
