"""Where figures come from, in one line."""

from geo import wording
from geo.atlas.load import Atlas
from geo.formats import format_date


def source_sentence(atlas: Atlas) -> str:
    """Write the provenance of a file in one line."""
    listed = (
        f"{source['title']} ({source['producer'].partition(',')[0]}, {source['vintage']})"
        for source in atlas.manifest.sources
    )
    return _sentence(atlas, " ; ".join([atlas.vintages.line, *listed]))


def map_sources(atlas: Atlas) -> str:
    """Write the source line of a map: of when its figures are, and who produced them."""
    producers = dict.fromkeys(
        source["producer"].partition(",")[0].partition(" (")[0] for source in atlas.manifest.sources
    )
    said = wording.producers_line(atlas.vintages.contours, list(producers))
    return _sentence(atlas, f"{atlas.vintages.line} · {said}")


def page_sentence(atlas: Atlas) -> str:
    """Write the source line of a page: of when its figures are."""
    return _sentence(atlas, atlas.vintages.line)


def _sentence(atlas: Atlas, sources: str) -> str:
    """Say the sources, the model and the version."""
    return wording.source_line(sources, atlas.version, format_date(atlas.manifest.build_date))
