"""Where the current version of a raw file is asked for, and what vintage is there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from geo.errors import UserError
from geo.sources.reading import SUPPLIED_LIST, SURVEY_KEY, WANTED
from geo.sources.registry import SAE_YEARS, survey_source
from geo.sources.source import Source

DREES = "https://data.drees.solidarites-sante.gouv.fr/api/datasets/1.0"
# Statistical bases first: they are corrected; the administrative ones come earlier.
STATISTICAL = "708_bases-statistiques-sae/attachments/sae_{year}_bases_statistiques"
ADMINISTRATIVE = "707_bases-administratives-sae/attachments/sae_{year}_base_administrative"
SURVEY_FILES = (
    ("{year}", f"{DREES}/{STATISTICAL}_formats_sas_csv_7z/"),
    ("{year}, base administrative", f"{DREES}/{ADMINISTRATIVE}_formats_sas_csv_7z/"),
)
# The address of these follows the newest version; that of the others is of the declared vintage.
FOLLOWED = frozenset({"contours", "finess"})
DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:-\d{2}(?:-\d{2})?)?(?!\d)")
_NAME = re.compile(r"\w[\w.-]*")  # no folder, no hidden file
_GIVEN = re.compile(r"(?P<key>\w+)(?:@(?P<vintage>[^=]+))?=(?P<url>https?://\S+)")


@dataclass(frozen=True, slots=True)
class Address:
    """
    An address to ask.

    Parameters
    ----------
    source
        With the address and the name of the file to write.
    vintage
        Of what is there; empty when only the date given by the producer tells.
    """

    source: Source
    vintage: str = ""


def sources_to_renew(year: int) -> tuple[Source, ...]:
    """List every source of the build, the surveys to come until a year and a supplied list too."""
    later = [survey_source(one) for one in range(SAE_YEARS.stop, year + 1)]
    return (*WANTED, *later, SUPPLIED_LIST)


def addresses_of(source: Source, given: Mapping[str, Address]) -> tuple[Address, ...]:
    """
    List where the current version of a source may be, in the order to ask.

    Parameters
    ----------
    source
        Any source.
    given
        Addresses by key of source that take the place of ours, see `read_addresses`.
    """
    if source.key in given:
        return (given[source.key],)
    survey = SURVEY_KEY.fullmatch(source.key)
    if survey is not None:
        return _survey_addresses(source, int(survey[1]))
    if source.download_url is None:
        return ()
    return (Address(source, "" if source.key in FOLLOWED else source.vintage),)


def _survey_addresses(source: Source, year: int) -> tuple[Address, ...]:
    """List the bases of a survey; a year that has its corrected base is not asked for the other."""
    bases = SURVEY_FILES if year >= SAE_YEARS.stop else SURVEY_FILES[:1]
    return tuple(
        Address(
            replace(source, download_url=url.format(year=year), download_name=f"sae_{year}.7z"),
            vintage.format(year=year),
        )
        for vintage, url in bases
    )


def read_addresses(options: Iterable[str], year: int) -> dict[str, Address]:
    """
    Read the addresses that a person gives, each `KEY=URL` or `KEY@VINTAGE=URL`.

    Parameters
    ----------
    options
        As written.
    year
        Of the last survey that may be given, see `sources_to_renew`.

    Raises
    ------
    UserError
        If one is written otherwise, or names an unknown source.
    """
    known = {source.key: source for source in sources_to_renew(year)}
    return dict(_read_address(option, known) for option in options)


def _read_address(option: str, known: Mapping[str, Source]) -> tuple[str, Address]:
    match = _GIVEN.fullmatch(option)
    if match is None:
        raise UserError(
            f"--address {option} : écrivez CLÉ=ADRESSE ou CLÉ@MILLÉSIME=ADRESSE, par exemple "
            "populations@2024=https://www.insee.fr/fr/statistiques/fichier/ensemble.zip."
        )
    key, url = match["key"], match["url"]
    if key not in known:
        raise UserError(
            f"--address {option} : source inconnue. Clés possibles : {', '.join(known)}."
        )
    last = url.partition("?")[0].rstrip("/").rpartition("/")[2]
    name = last if _NAME.fullmatch(last) else key
    found = DATE.search(name)
    source = replace(known[key], download_url=url, download_name=name, sha256=None)
    return key, Address(source, match["vintage"] or (found.group() if found else ""))
