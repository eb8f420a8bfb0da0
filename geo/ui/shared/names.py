"""What people type and what it leads to: names of every kind, kept for all sessions."""

from typing import Final

from geo.atlas.resolve import Answer, Directory, commune_directory
from geo.atlas.search import EVERYTHING, Match, SearchIndex, build_index, search
from geo.ui.shared import cache

MOST_FOUND: Final = 40


@cache.kept()
def _communes() -> Directory:
    return commune_directory(cache.atlas())


@cache.kept(max_entries=500)
def commune_meant(text: str) -> Answer:
    """Tell which commune a text means: a former code, what is counted with it, a name."""
    return _communes().resolve(text)


@cache.kept()
def _index() -> SearchIndex:
    import pyarrow as pa  # noqa: PLC0415  only those who search

    index = build_index(cache.atlas())
    pa.default_memory_pool().release_unused()  # of 80 MB, the index keeps 35
    return index


@cache.kept()
def ghts() -> frozenset[str]:
    """Give the codes of the GHTs."""
    return frozenset(cache.atlas().ghts.ght_code)


@cache.kept()
def commune_names() -> dict[str, str]:
    """Name each commune."""
    communes = cache.atlas().communes
    return dict(zip(communes.insee_code, communes.commune_name, strict=True))


@cache.kept()
def entity_areas() -> dict[str, str]:
    """Give the GHT of each legal entity that is a member of one."""
    members = cache.atlas().members
    return dict(zip(members.current_finess_ej, members.ght_code, strict=True))


def found(text: str, among: str = EVERYTHING) -> list[Match]:
    """Search names among those of `geo.atlas.search.SCOPES`."""
    return search(_index(), text, MOST_FOUND, among)
