"""The faults of partnership records: one function for the curated file and for uploads."""

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from geo.atlas import vocabulary
from geo.atlas.partnership_record import Partnership, first_day
from geo.faults import Faults, format_values
from geo.partnerships.records import MEMBER_ROLES, Record, last_day, year_of

FIRST_YEAR: Final = 1950
PLANNED_YEARS: Final = 20


@dataclass(frozen=True)
class Known:
    """
    The codes a record may name.

    Attributes
    ----------
    ght_codes, finess_ej, finess_et
        Those of the atlas.
    ids
        Partnerships that already exist: targets of links, and identifiers that are taken.
    """

    ght_codes: frozenset[str]
    finess_ej: frozenset[str]
    finess_et: frozenset[str]
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RecordFault:
    """
    What is wrong in one field of one record.

    Attributes
    ----------
    position
        Place of the record in its list, from 0.
    record
        Its identifier, or "n° 3".
    field
        Path of the field, elements of lists counted from 1: "parties.2.finess_et".
    values
        What was read; empty when nothing was.
    problem, cure
        French, without final stop and with it.
    """

    position: int
    record: str
    field: str
    values: tuple[str, ...]
    problem: str
    cure: str

    @property
    def sentence(self) -> str:
        """The whole fault, in French."""
        read = f" ({format_values(self.values)})" if self.values else ""
        return f"{self.record}, champ {self.field} : {self.problem}{read}. {self.cure}"


# What pydantic says, by the type of its errors.
_TRANSLATED: Final[Mapping[str, tuple[str, str]]] = {
    "missing": ("champ absent", "Remplissez-le."),
    "extra_forbidden": ("champ inconnu", "Retirez-le ou corrigez son nom."),
    "string_too_short": ("texte vide", "Remplissez-le."),
    "string_too_long": ("texte trop long", "Raccourcissez-le."),
    "too_short": ("liste trop courte", "Ajoutez ce qui manque."),
    "string_pattern_mismatch": ("forme inattendue", "Corrigez le code ou l'adresse."),
    "string_type": ("texte attendu", "Écrivez un texte entre guillemets."),
    "list_type": ("liste attendue", "Écrivez une liste, même d'un seul élément."),
    "model_type": ("champs attendus", "Écrivez un champ par ligne."),
}
_REFUSED: Final = ("valeur refusée", "Corrigez-la.")
_LONGEST_SHOWN: Final = 60


@dataclass(frozen=True)
class Checked:
    """
    What a record is worth alone; kept, it spares checking the same record again.

    Attributes
    ----------
    record
        Its identifier, empty when it has none.
    faults
        Those that no other record matters to; their position is 0.
    id, title, targets, agreement
        What the others must agree with; None or empty when the shape of the record is wrong.
    """

    record: str
    faults: tuple[RecordFault, ...]
    id: str | None = None
    title: str = ""
    targets: tuple[str, ...] = ()
    agreement: tuple[str, ...] | None = None


class _Notes:
    """Faults of one record, as they are found."""

    def __init__(self, record: str) -> None:
        self.record = record
        self.faults: list[RecordFault] = []

    def add(self, field: str, values: Sequence[object], problem: str, cure: str) -> None:
        shown = tuple(str(value)[:_LONGEST_SHOWN] for value in values)
        self.faults.append(RecordFault(0, self.record, field, shown, problem, cure))

    def add_shape(self, error: ErrorDetails) -> None:
        """Note an error of pydantic."""
        path = [str(part + 1) if isinstance(part, int) else part for part in error["loc"]]
        context = error.get("ctx", {})
        problem, cure = _TRANSLATED.get(error["type"], _REFUSED)
        is_plain = isinstance(error["input"], str | int | float)
        shown = [error["input"]] if is_plain and error["input"] != "" else []
        self.add(".".join(path), shown, context.get("problem", problem), context.get("cure", cure))


def check_records(
    records: Sequence[Record], known: Known | None = None, today: datetime.date | None = None
) -> list[RecordFault]:
    """
    Find every fault of a list of partnerships, curated or brought by a person.

    Parameters
    ----------
    records
        Mappings, untrusted (see `Partnership` for their fields).
    known
        Codes that exist; None checks the records in themselves only.
    today
        Last day that may have been seen; the day of the clock by default.

    Returns
    -------
    faults
        In the order of the records; empty when all is right. The time grows with their number.
    """
    day = today or datetime.datetime.now(datetime.UTC).date()
    return check_together([check_record(record, known, day) for record in records], known)


def check_record(record: Record, known: Known | None, today: datetime.date) -> Checked:
    """
    Find the faults of a record that no other record matters to.

    Parameters
    ----------
    record, known, today
        See `check_records`.

    Returns
    -------
    checked
        To be brought together with the others by `check_together`.
    """
    given = dict(record).get("id") if hasattr(record, "keys") else None
    notes = _Notes(str(given)[:_LONGEST_SHOWN] if given else "")
    try:
        partnership = Partnership.model_validate(record)
    except ValidationError as errors:
        for error in errors.errors():
            notes.add_shape(error)
        return Checked(notes.record, tuple(notes.faults))
    _check_dates(notes, partnership, today)
    _check_inside(notes, partnership)
    if known is not None:
        _check_known(notes, partnership, known)
    return Checked(
        notes.record,
        tuple(notes.faults),
        partnership.id,
        partnership.title,
        tuple(link.target for link in partnership.links),
        (partnership.title.casefold(), partnership.form, *sorted(partnership.ght_codes)),
    )


def check_together(checked: Sequence[Checked], known: Known | None = None) -> list[RecordFault]:
    """
    Find the faults of a list of partnerships from what each is worth alone.

    Parameters
    ----------
    checked
        From `check_record`, in the order of the list.
    known
        See `check_records`.

    Returns
    -------
    faults
        See `check_records`.
    """
    taken = known.ids if known is not None else frozenset()
    # Made once: a union for each record would make the time grow with the square of their number.
    there = taken | {one.id for one in checked if one.id is not None}
    ids, agreements = set(taken), dict[tuple[str, ...], str]()
    faults: list[RecordFault] = []
    for position, one in enumerate(checked):
        name = one.record or f"n° {position + 1}"
        notes = _Notes(name)
        if known is not None:
            _check_targets(notes, one, there)
        _check_duplicates(notes, one, ids, agreements)
        faults += [
            replace(fault, position=position, record=name) for fault in (*one.faults, *notes.faults)
        ]
    return faults


def _check_dates(notes: _Notes, partnership: Partnership, today: datetime.date) -> None:
    """Check that dates are likely, that what was seen is past, that the end follows the start."""
    stages = {name: getattr(partnership.dates, name) for name in vocabulary.MILESTONES}
    dates = {f"dates.{name}": stage.value for name, stage in stages.items() if stage}
    seen = {name: date for name, date in dates.items() if name.endswith(("announced", "signed"))}
    seen |= {f"events.{n}": e.date for n, e in enumerate(partnership.events, 1) if e.date}
    seen |= {f"sources.{n}": s.date for n, s in enumerate(partnership.sources, 1) if s.date}
    latest = today.year + PLANNED_YEARS
    for name, date in (dates | seen).items():
        if not FIRST_YEAR <= year_of(date) <= latest:
            notes.add(name, [date], "année invraisemblable", f"Écrivez de {FIRST_YEAR} à {latest}.")
        elif name in seen and first_day(date) > today:
            notes.add(name, [date], "date à venir", "Écrivez une date déjà passée.")
    end = dates.get("dates.ended")
    starts = [date for name, date in dates.items() if name != "dates.ended"]
    if end and any(first_day(start) > last_day(end) for start in starts):
        notes.add("dates.ended", [end], "fin avant le début", "Corrigez l'une des deux dates.")


def _check_inside(notes: _Notes, partnership: Partnership) -> None:
    """Check that a record agrees with itself."""
    keys = [source.key for source in partnership.sources]
    for number, event in enumerate(partnership.events, 1):
        if event.source is not None and event.source not in keys:
            problem = "source absente du partenariat"
            notes.add(f"events.{number}.source", [event.source], problem, "Ajoutez-la à sources.")
    if len(set(keys)) < len(keys):
        notes.add("sources", keys, "source en double", "Gardez une seule fois chaque clé.")
    for number, source in enumerate(partnership.sources, 1):
        if source.url is None and source.title is None:
            problem = "source sans adresse ni titre"
            notes.add(f"sources.{number}", [source.key], problem, "Donnez l'un des deux.")
    for name in ("ght_codes", "domains"):
        values = getattr(partnership, name)
        if len(set(values)) < len(values):
            notes.add(name, values, "valeur en double", "Gardez une seule fois chaque code.")
    for number, party in enumerate(partnership.parties, 1):
        if party.role in MEMBER_ROLES and party.kind not in {"public", "groupement"}:
            problem = "membre d'un GHT qui n'est pas public"
            cure = "Donnez-lui le rôle associe ou partenaire."
            notes.add(f"parties.{number}.role", [party.name], problem, cure)


def _check_known(notes: _Notes, partnership: Partnership, known: Known) -> None:
    """Every code of the atlas that is named exists."""
    for code in partnership.ght_codes:
        if code not in known.ght_codes:
            notes.add("ght_codes", [code], "GHT inconnu", "Prenez un code de la liste des GHT.")
    for number, party in enumerate(partnership.parties, 1):
        for name, codes in (("finess_ej", known.finess_ej), ("finess_et", known.finess_et)):
            code = getattr(party, name)
            if code is not None and code not in codes:
                cure = "Corrigez le numéro, ou laissez-le vide."
                notes.add(f"parties.{number}.{name}", [code], "numéro FINESS inconnu", cure)


def _check_targets(notes: _Notes, one: Checked, there: Collection[str]) -> None:
    """Every partnership that is named exists."""
    for number, target in enumerate(one.targets, 1):
        if target not in there or target == one.id:
            cure = "Donnez l'identifiant d'un autre partenariat."
            notes.add(f"links.{number}.target", [target], "partenariat lié inconnu", cure)


def _check_duplicates(
    notes: _Notes, one: Checked, ids: set[str], agreements: dict[tuple[str, ...], str]
) -> None:
    """No identifier twice, nor the same agreement under two identifiers."""
    if one.id is None or one.agreement is None:
        return
    if one.id in ids:
        problem = "identifiant déjà pris"
        notes.add("id", [one.id], problem, "Donnez-lui un autre identifiant.")
    ids.add(one.id)
    if one.agreement in agreements:
        problem = f"partenariat en double avec {agreements[one.agreement]}"
        notes.add("title", [one.title], problem, "Gardez un seul des deux.")
    agreements.setdefault(one.agreement, one.id)


def raise_faults(subject: str, faults: Sequence[RecordFault]) -> None:
    """
    Refuse a list of partnerships that has faults.

    Raises
    ------
    SourceError
        Every fault, in French; nothing is raised without any.
    """
    noted = Faults(subject)
    for fault in faults:
        noted.add(fault.sentence)
    noted.raise_if_any()
