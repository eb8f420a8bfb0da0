"""The README of the data folder: dictionary, sources, licence, written by the build."""

from pathlib import Path

import pandas as pd

from geo.atlas.manifest import Manifest
from geo.atlas.schema import dictionary
from geo.atlas.vintages import vintages_of

INTRODUCTION = """# Données de l'Atlas GHT

Tables produites par `python -m geo build`. Ne les modifiez pas à la main : leur empreinte est dans
`MANIFEST.json` et l'application refuse une table altérée.

Ces tables dérivent de données publiées sous Licence Ouverte 2.0 (Etalab) par l'INSEE, l'IGN et la
DREES/ANS ; elles sont redistribuées sous la même licence, avec mention des producteurs ci-dessous.
Les territoires sont une **modélisation**, pas un périmètre légal.

Exception : `zones_odbl.parquet` et `commune_zones_odbl.parquet` reprennent la base COGugaison, sous
licence [ODbL 1.0](https://opendatacommons.org/licenses/odbl/1-0/). Citez-la, et partagez sous la
même licence toute base qui en dérive. Le modèle lit les zones d'emploi de cette base : il en va de
même des tables `assignments`, `territories`, `area_people`, `commune_stability` et `area_spread` et
des contours des territoires.
"""


SHAPES = """## Géométries

`shapes/communes_<région>.parquet` : contours complets des communes, lus par région.
`shapes/communes_light.parquet` : les mêmes, simplifiés d'un seul tenant (0,005°), pour dessiner.
`shapes/territories.parquet` : contours complets des territoires du modèle par défaut.
`shapes/borders.parquet` : kilomètres de limite commune de chaque couple de communes voisines.
`times/roads.parquet` : demi-minutes de chaque commune (`origin`) à chaque site hospitalier
(`destination`) à moins de deux heures, et leur méthode (`road` : graphe des routes ; `crow` :
droite sur la distance, outre-mer).
`drawing/*.json` : TopoJSON quantifié pour le navigateur, à deux échelles (0,008° et 0,0015°).
Toutes en EPSG:4326 ; les superficies des tables sont mesurées sur les contours complets.
"""


def _markdown(table: pd.DataFrame) -> str:
    """Write a table in Markdown; the cells are ours and hold no pipe."""
    head = "| " + " | ".join(table.columns) + " |"
    rule = "|" + " --- |" * len(table.columns)
    rows = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in table.to_numpy()]
    return "\n".join([head, rule, *rows]) + "\n"


def _sources(manifest: Manifest) -> str:
    """Provenance of every raw file."""
    table = pd.DataFrame(list(manifest.sources))
    shown = table[["title", "producer", "vintage", "licence", "url", "sha256"]]
    names = ["Source", "Producteur", "Millésime", "Licence", "Adresse", "SHA-256"]
    return _markdown(shown.set_axis(names, axis="columns"))


def _columns(name: str, words: pd.DataFrame) -> str:
    """Columns of one table."""
    rows = words[words.table == name]
    shown = rows.assign(is_nullable=rows.is_nullable.map({True: "oui", False: "non"}))
    picked = shown[["column", "dtype", "unit", "is_nullable", "description"]]
    names = ["Colonne", "Type", "Unité", "Peut manquer", "Description"]
    return _markdown(picked.set_axis(names, axis="columns"))


def write_dictionary(folder: Path, manifest: Manifest) -> None:
    """
    Write README.md in the data folder.

    Parameters
    ----------
    folder
        Data folder.
    manifest
        Its manifest.
    """
    vintages = vintages_of(manifest.sources, manifest.parameters)
    words = dictionary(vintages)
    titles = words.drop_duplicates("table").set_index("table").title
    parts = [INTRODUCTION, "## Sources\n", _sources(manifest), "## Dictionnaire\n"]
    for name, title in titles.items():
        rows = manifest.tables[str(name)].rows
        parts.append(f"### {name} ({rows} lignes)\n\n{title}.\n")
        parts.append(_columns(str(name), words))
    parts.append(SHAPES)
    (folder / "README.md").write_text("\n".join(parts), encoding="utf-8")
