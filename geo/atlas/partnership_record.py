"""
A partnership record, declared once: its fields, their types, closed lists and French headings.

The bundled tables, the exports, the template that people fill and the report on it follow.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, starmap
from typing import Annotated, Final, TypeVar, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    GetCoreSchemaHandler,
    StringConstraints,
)
from pydantic import Field as Length
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError, core_schema

from geo.atlas import vocabulary
from geo.atlas.columns import FINESS, GHT_CODE
from geo.atlas.fields import WIDTH, ClosedList, Field

IDENTIFIER: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
DATE: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
WEB_ADDRESS: Final = r"^https?://[^\s\"'<>]+$"
FORMULA: Final = re.compile(r"^\s*[=+\-@]")
OUT_OF_LIST: Final = "hors de la liste"
DATE_WIDTH: Final = 12
T = TypeVar("T")


def first_day(date: str) -> datetime.date:
    """Give the first day that a date may be."""
    year, month, day = (*map(int, date.split("-")), 1, 1)[:3]
    return datetime.date(year, month, day)


# The types of the fields. A refusal carries a French problem and its cure.


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
        is_date = re.fullmatch(DATE, text) is not None
    except ValueError:
        is_date = False
    if not is_date:
        raise _refuse(
            "date impossible", "Écrivez AAAA, AAAA-MM ou AAAA-MM-JJ, une date du calendrier."
        )
    return text


class _Listed(ClosedList):
    """A closed list that pydantic checks."""

    def check(self, code: str) -> str:
        """Refuse a code that is not in the list."""
        if code not in self.labels:
            raise _refuse(
                f"{self.name} {OUT_OF_LIST}", f"Choisissez parmi {', '.join(self.labels)}."
            )
        return code

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check the code after its type."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))


_REAL_DATE: Final = AfterValidator(_real_date)
Name = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(_harmless)]
Sentence = Annotated[
    str, StringConstraints(min_length=1, max_length=600), AfterValidator(_harmless)
]
Identifier = Annotated[str, StringConstraints(pattern=IDENTIFIER, max_length=80)]
Finess = Annotated[str, StringConstraints(pattern=FINESS)]
GhtCode = Annotated[str, StringConstraints(pattern=GHT_CODE)]
Address = Annotated[str, StringConstraints(pattern=WEB_ADDRESS, max_length=400)]
Date = Annotated[str, _REAL_DATE]
Certainty = Annotated[str, _Listed("certitude", vocabulary.CERTAINTIES)]
Form = Annotated[str, _Listed("forme", vocabulary.FORMS)]
Domain = Annotated[str, _Listed("domaine", vocabulary.DOMAINS)]
Status = Annotated[str, _Listed("état", vocabulary.STATUSES)]
Confidence = Annotated[str, _Listed("confiance", vocabulary.CONFIDENCES)]
Kind = Annotated[str, _Listed("nature", vocabulary.PARTY_KINDS)]
Role = Annotated[str, _Listed("rôle", vocabulary.ROLES)]
Relation = Annotated[str, _Listed("relation", vocabulary.RELATIONS)]


def _shown(title: str, told: str = "", column: str = "", width: int = WIDTH) -> Field:
    """Say how people see a field: heading, meaning, name of its column when it is another."""
    return Field("", (title,), told or title, column, width=width)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Party(_Strict):
    """A body that takes part; located by its FINESS number when it has one."""

    name: Annotated[Name, _shown("Nom", column="party_name", width=40)]
    kind: Annotated[Kind, _shown("Nature", width=30)]
    role: Annotated[Role, _shown("Rôle", width=26)]
    finess_ej: Annotated[
        Finess | None, _shown("FINESS de l'entité", "Entité juridique, quand elle existe")
    ] = None
    finess_et: Annotated[
        Finess | None, _shown("FINESS de l'établissement", "Établissement, quand il existe")
    ] = None
    city: Annotated[Name | None, _shown("Ville")] = None
    note: Annotated[Sentence | None, _shown("Note", width=40)] = None


class Milestone(_Strict):
    """A date of the life of a partnership; its precision follows from its form."""

    value: Date
    certainty: Certainty


class Milestones(_Strict):
    """The dates that all partnerships have, known or not; each has two columns."""

    announced: Annotated[Milestone | None, _shown("Annonce")] = None
    signed: Annotated[Milestone | None, _shown("Signature")] = None
    in_force: Annotated[Milestone | None, _shown("Entrée en vigueur")] = None
    ended: Annotated[Milestone | None, _shown("Fin")] = None


class Event(_Strict):
    """Something that happened; `source` is the key of a source of the record."""

    date: Annotated[Date | None, _shown("Date", width=DATE_WIDTH)] = None
    certainty: Annotated[Certainty, _shown("Certitude", "Écrit dans la source ou déduit")]
    text: Annotated[Sentence, _shown("Événement", "Ce qui s'est passé", width=60)]
    source: Annotated[
        Identifier | None,
        _shown("Source (clé)", "Clé d'une source du partenariat", "source_key"),
    ] = None


class Reference(_Strict):
    """A source: a page, an article; without an address it must have a title."""

    key: Annotated[Identifier, _shown("Clé", column="source_key")]
    title: Annotated[
        Sentence | None, _shown("Titre", "Titre, absent s'il n'est pas connu", width=50)
    ] = None
    publisher: Annotated[Name, _shown("Éditeur", width=28)]
    date: Annotated[Date | None, _shown("Date", "Date de publication", width=DATE_WIDTH)] = None
    url: Annotated[Address | None, _shown("Adresse", width=50)] = None
    note: Annotated[Sentence | None, _shown("Note", width=40)] = None


class Link(_Strict):
    """A relation to another partnership."""

    relation: Annotated[Relation, _shown("Relation")]
    target: Annotated[Identifier, _shown("Partenariat lié", column="target_id", width=28)]


class Partnership(_Strict):
    """A record whose shape is right."""

    id: Annotated[
        Identifier,
        _shown("Identifiant", "Identifiant stable, employé dans les liens", "partnership_id", 28),
    ]
    title: Annotated[Name, _shown("Titre", "Nom", width=40)]
    ght_codes: Annotated[list[GhtCode], Length(min_length=1), _shown("GHT", width=12)]
    form: Annotated[Form, _shown("Forme", width=28)]
    form_detail: Annotated[
        Sentence | None,
        _shown("Forme, précision", "Forme, telle que la source la précise", width=30),
    ] = None
    domains: Annotated[list[Domain], _shown("Domaines", width=30)] = []
    status: Annotated[Status, _shown("État")]
    status_date: Annotated[Date | None, _shown("État connu en", width=DATE_WIDTH)] = None
    dates: Milestones = Milestones()
    summary: Annotated[Sentence, _shown("Résumé", width=50)]
    allowed: Annotated[list[Sentence], _shown("Ce qu'il a permis", width=40)] = []
    next: Annotated[
        list[Sentence], _shown("Ce qui peut suivre", column="next_steps", width=40)
    ] = []
    disagreements: Annotated[
        list[Sentence],
        _shown("Désaccords des sources", "Ce que les sources contredisent", width=40),
    ] = []
    confidence: Annotated[Confidence, _shown("Confiance", "Confiance dans la fiche", width=12)]
    confidence_reason: Annotated[
        Sentence, _shown("Raison de la confiance", "Raison de cette confiance", width=40)
    ]
    parties: Annotated[list[Party], Length(min_length=1)]
    events: list[Event] = []
    sources: Annotated[list[Reference], Length(min_length=1)]
    links: list[Link] = []


# The lists of a record that have a table, a sheet, of their own
ELEMENTS: Final[Mapping[str, type[BaseModel]]] = {
    "parties": Party,
    "events": Event,
    "sources": Reference,
    "links": Link,
}


@cache
def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """
    List the fields of a record, or of the elements of one of its lists, as people see them.

    Returns
    -------
    fields
        In their order in every layout; the lists of `ELEMENTS` are not among them.
    """
    return tuple(chain.from_iterable(starmap(_fields, model.model_fields.items())))


def _fields(name: str, info: FieldInfo) -> Iterator[Field]:
    """Give the columns of a field: one, two for each milestone, none for a list of elements."""
    if info.annotation is Milestones:
        yield from _milestone_fields()
    marks = [*info.metadata, *_marks(info.annotation)]
    for shown in _of(Field, marks):
        patterns = [str(mark.pattern) for mark in _of(StringConstraints, marks) if mark.pattern]
        yield replace(
            shown, name=name, column=shown.column or name, is_required=info.is_required(),
            is_list=get_origin(info.annotation) is list,
            choices=next(_of(ClosedList, marks), None),
            pattern=DATE if _REAL_DATE in marks else next(iter(patterns), None),
        )  # fmt: skip


def _milestone_fields() -> Iterator[Field]:
    """Give the two columns of each milestone: the date, how surely it is known."""
    certainties = next(_of(ClosedList, _marks(Certainty)))
    for name, info in Milestones.model_fields.items():
        label, noun = vocabulary.MILESTONES[name], next(_of(Field, info.metadata)).title
        yield Field(
            f"dates.{name}.value", (f"{label} le",), label, name, pattern=DATE,
            is_required=False, width=DATE_WIDTH,
        )  # fmt: skip
        yield Field(
            f"dates.{name}.certainty", (f"{noun}, certitude",),
            f"{label} : date écrite dans la source ou déduite", f"{name}_certainty", certainties,
            is_required=False,
        )  # fmt: skip


def _marks(annotation: object) -> list[object]:
    """List what a type is annotated with, at any depth."""
    own = getattr(annotation, "__metadata__", ())
    return [*own, *chain.from_iterable(map(_marks, get_args(annotation)))]


def _of(kind: type[T], marks: Iterable[object]) -> Iterator[T]:
    return (mark for mark in marks if isinstance(mark, kind))
