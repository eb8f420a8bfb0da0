"""Where figures come from, in one line."""

from geo import wording
from geo.atlas.load import Atlas
from geo.formats import format_date


def source_sentence(atlas: Atlas) -> str:
    """Write the provenance of a file in one line."""
    listed = " ; ".join(
        f"{source['title']} ({source['producer'].partition(',')[0]}, {source['vintage']})"
        for source in atlas.manifest.sources
    )
    return wording.source_line(listed, atlas.version, format_date(atlas.manifest.build_date))


def map_sources(atlas: Atlas) -> str:
    """Write the source line of a map."""
    wanted = {"contours", "populations", "mayotte", "finess", "ghts", "members"}
    listed = [
        f"{source['title']} ({source['producer'].partition(',')[0]}, {source['vintage']})"
        for source in atlas.manifest.sources
        if source["key"] in wanted
    ]
    date = format_date(atlas.manifest.build_date)
    return wording.source_line(" ; ".join(listed), atlas.version, date)
