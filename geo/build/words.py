"""French words of an update: what becomes of each source, of the list of members, of versions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from geo.formats import format_count
from geo.sources import renewal as states
from geo.sources.renewal import Renewal

STATES: Final[Mapping[str, str]] = {
    states.NEW: "nouvelle",
    states.SAME: "inchangée",
    states.OLDER: "plus ancienne que la nôtre : gardée",
    states.MISSING: "absente",
    states.KEPT: "non renouvelée",
}
REASONS: Final[Mapping[str, str]] = {
    "": "",
    states.REVISED: "même millésime, autre fichier",
    states.LOCAL: "le fichier du dossier remplace celui de la version en service",
    states.UNPUBLISHED: "pas encore publiée, ou déplacée",
    states.LOST: "le fichier de ce millésime n'est plus là",
}
SOURCE_COLUMNS: Final = ("Source", "Millésime en service", "Millésime reçu", "État", "Précision")
NO_ADDRESS: Final = "sans adresse de téléchargement"
NONE: Final = "aucun"
NOT_GIVEN: Final = "aucune liste plus récente n'est donnée"
NOTHING_NEW: Final = "Aucune source nouvelle : les données restent en l'état."
CHECKED: Final = "La nouvelle version est complète et vérifiée."
DRY: Final = "Essai : rien n'est remplacé. Relancez sans --dry-run pour mettre en service."
FIRST: Final = "Aucune version en service : rien à comparer."
LIST_KEPT: Final = (
    "Membres des GHT : sans liste plus récente, ceux de {list} restent ; ils sont prouvés sur la "
    "SAE {year}, année de leur liste, quelle que soit la dernière SAE lue."
)
LIST_READ: Final = (
    "Membres des GHT : ceux de {file} ({vintage}), lus, non prouvés ; la preuve reste celle de la "
    "liste de {year} sur la SAE {year}."
)
RESTART: Final = "Redémarrez le service pour qu'il l'affiche."


def not_comparable(reason: str) -> str:
    """Say that the version in use is of another shape."""
    return f"Changements non comparés : {reason}"


def kept_from(vintage: str) -> str:
    """Say which file is kept."""
    if vintage == states.UNDATED:
        return f"gardée, {vintage}"
    return f"gardée de {vintage}" if vintage else "aucun fichier"


def precision(renewal: Renewal) -> str:
    """Say why a source is in its state, and what is kept."""
    reason = REASONS[renewal.reason]
    vintage = renewal.copy.vintage if renewal.copy is not None else ""
    if renewal.state in (states.NEW, states.SAME):
        return reason
    if renewal.reason == states.UNPUBLISHED:
        return reason
    if renewal.is_optional and renewal.state == states.KEPT and not vintage:
        return NOT_GIVEN
    why = NO_ADDRESS if renewal.state == states.KEPT else renewal.fault
    return " ; ".join(filter(None, (kept_from(vintage), reason, why)))


def lacking(renewal: Renewal) -> str:
    """Say that the build cannot do without a source."""
    why = f" {renewal.fault}" if renewal.fault else ""
    ours = f" du millésime {renewal.before} ou plus récent" if renewal.before else ""
    return (
        f"{renewal.source.title} : aucun fichier{ours}.{why} Déposez {renewal.source.file_name} "
        f"dans le dossier des sources (--sources), ou donnez une adresse : "
        f"--address {renewal.source.key}=ADRESSE."
    )


def counted(title: str, count: int, most: int) -> str:
    """Say how many changes of a kind there are, and that not all are shown."""
    shown = f", les {most} premiers" if count > most else ""
    return f"{title} : {format_count(count, 'changement')}{shown}"


def swapped(version: str, former: Sequence[Path]) -> str:
    """Say that a version is in use, and how to go back."""
    back = ""
    if former:
        kept = format_count(
            len(former), "version antérieure gardée", "versions antérieures gardées"
        )
        back = f" {kept} ; pour revenir : python -m geo update --undo."
    return f"Version {version} en service. {RESTART}{back}"


def undone(left: str, back: str, place: Path) -> str:
    """Say that a former version is in use again."""
    gone = f" La version {left} est gardée dans {place}." if left else ""
    return f"Version {back} rétablie. {RESTART}{gone}"


def recovered(out: Path) -> str:
    """Say that an interrupted swap was repaired."""
    return f"Un remplacement avait été interrompu : la dernière version est remise dans {out}."
