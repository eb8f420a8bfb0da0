"""The kinds of zones a commune is in: their names, years and licences, declared once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geo.sources.source import LICENCE_OUVERTE, ODBL


@dataclass(frozen=True)
class ZoneKind:
    """
    A way to divide the country.

    Attributes
    ----------
    label, plural
        French.
    source
        Key of the source of the codes, see `geo.sources.registry`.
    year
        Of the zoning.
    licence
        Of the codes of each commune; those under ODbL are in tables of their own.
    """

    label: str
    plural: str
    source: str
    year: str
    licence: str = ODBL

    @property
    def is_shared_alike(self) -> bool:
        """Tell whether what derives from it must stay under its licence."""
        return self.licence == ODBL


ZONE_KINDS: Final[Mapping[str, ZoneKind]] = {
    "region": ZoneKind("Région", "Régions", "cog_communes", "2026", LICENCE_OUVERTE),
    "departement": ZoneKind("Département", "Départements", "cog_communes", "2026", LICENCE_OUVERTE),
    "arrondissement": ZoneKind(
        "Arrondissement", "Arrondissements", "epci", "2026", LICENCE_OUVERTE
    ),
    "epci": ZoneKind(
        "Intercommunalité (EPCI)", "Intercommunalités", "epci", "2026", LICENCE_OUVERTE
    ),
    "canton": ZoneKind("Canton ou ville", "Cantons", "zonings", "2024"),
    "bassin_vie": ZoneKind("Bassin de vie", "Bassins de vie", "zonings", "2022"),
    "zone_emploi": ZoneKind("Zone d'emploi", "Zones d'emploi", "zonings", "2020"),
    "unite_urbaine": ZoneKind("Unité urbaine", "Unités urbaines", "zonings", "2020"),
    "aire_attraction": ZoneKind(
        "Aire d'attraction des villes", "Aires d'attraction", "zonings", "2020"
    ),
}
OPEN_KINDS: Final = tuple(key for key, kind in ZONE_KINDS.items() if not kind.is_shared_alike)
SHARED_KINDS: Final = tuple(key for key, kind in ZONE_KINDS.items() if kind.is_shared_alike)
