"""The French words of files that people bring: why one cannot be read, and what to do."""

from collections.abc import Callable, Mapping
from typing import Final

from geo.formats import format_count, format_number, format_quantity

AGAIN: Final = "Enregistrez-le à nouveau depuis le tableur."


def too_large(title: str, kilobytes: int) -> str:
    """Refuse a file by its size."""
    is_round = kilobytes % 1_000 == 0
    most = format_quantity(*((kilobytes // 1_000, "Mo") if is_round else (kilobytes, "ko")))
    return f"{title} : plus de {most}. Coupez-le en plusieurs fichiers."


def too_many(title: str, what: str, most: int) -> str:
    """Refuse a file by what it holds."""
    return f"{title} : plus de {format_count(most, what)}. Coupez-le en plusieurs fichiers."


def too_heavy(title: str) -> str:
    """Refuse a file whose reading had to be stopped."""
    return (
        f"{title} : la lecture a été arrêtée, le fichier demande trop de temps ou de mémoire. "
        "Copiez les seules lignes utiles dans un nouveau fichier."
    )


def too_busy(title: str) -> str:
    """Ask to wait."""
    return f"{title} : trop de fichiers sont lus en ce moment. Réessayez dans un instant."


def _too_low(title: str, most: int) -> str:
    return (
        f"{title} : la feuille continue au-delà de la ligne {format_number(most)}. Supprimez les "
        "lignes du bas."
    )


def _broken_csv(title: str, line: int) -> str:
    return (
        f"{title} : CSV illisible vers la ligne {line} (guillemet ou cellule sans fin). "
        "Enregistrez-le à nouveau en CSV."
    )


def _broken_yaml(title: str, line: int) -> str:
    place = f", ligne {line}" if line else ""
    return f"{title} : YAML mal écrit{place}. Corrigez le retrait ou les guillemets."


# Kind of `geo.errors.RefusedFileError` -> its sentence, from the name of the file and the values.
REFUSALS: Final[Mapping[str, Callable[..., str]]] = {
    "encoding": lambda title: f"{title} : encodage illisible. Enregistrez le fichier en UTF-8.",
    "characters_pair": lambda title: (
        f"{title} : un caractère est coupé en deux. Retapez le texte où il se trouve."
    ),
    "too_heavy": too_heavy,
    "elements": too_heavy,
    "not_a_workbook": lambda title: f"{title} : ce n'est ni un XLSX ni un ODS. {AGAIN}",
    "old_workbook": lambda title: (
        f"{title} : ancien classeur Excel, ou classeur protégé par un mot de passe. Enregistrez-le "
        "en .xlsx, sans mot de passe."
    ),
    "web_page": lambda title: (
        f"{title} : page web ou XML, pas un classeur. Ouvrez-la dans le tableur et enregistrez-la "
        "en .xlsx."
    ),
    "broken_workbook": lambda title: f"{title} : classeur illisible. {AGAIN}",
    "bomb": lambda title, most: (
        f"{title} : trop gros une fois décompressé (plus de {format_quantity(most, 'Mo')}, ou trop "
        "de vide). Copiez les seules lignes utiles dans un nouveau classeur."
    ),
    "sheets": lambda title, most: too_many(title, "feuille", most),
    "columns": lambda title, most: (
        f"{title} : plus de {format_count(most, 'colonne')}. Gardez les colonnes du modèle."
    ),
    "lines": _too_low,
    "cells": lambda title, most: too_many(title, "cellule", most),
    "long_cell": lambda title, row, most: (
        f"{title} : plus de {format_count(most, 'caractère')} dans une cellule, ligne {row}. "
        "Raccourcissez-la."
    ),
    "characters": lambda title, most: (
        f"{title} : plus de {format_count(most, 'million')} de caractères. Coupez-le en plusieurs "
        "fichiers."
    ),
    "broken_csv": _broken_csv,
    "broken_yaml": _broken_yaml,
    "long_yaml": lambda title, most: (
        f"{title} : fichier trop long (plus de {format_count(most, 'caractère')}). Coupez-le en "
        "plusieurs fichiers."
    ),
    "deep_yaml": lambda title, most: (
        f"{title} : plus de {most} niveaux emboîtés. Reprenez le modèle de fichier."
    ),
    "alias": lambda title: (
        f"{title} : alias, ancre ou balise YAML (&, *, !). Écrivez chaque valeur en entier."
    ),
    "no_list": lambda title: (
        f"{title} : liste « partnerships » absente. Reprenez le modèle de fichier."
    ),
    "not_shapes": lambda title: (
        f"{title} : ni GeoJSON, ni GeoPackage, ni KML, ni shapefile zippé. Un shapefile est fait "
        "de plusieurs fichiers : mettez .shp, .dbf, .shx et .prj dans un .zip."
    ),
    "broken_shapes": lambda title: (
        f"{title} : fichier de contours coupé ou illisible. Enregistrez-le à nouveau depuis le "
        "logiciel de cartographie."
    ),
    "no_features": lambda title: f"{title} : aucune entité. Donnez une couche qui a des contours.",
    "no_shapefile": lambda title: (
        f"{title} : archive sans shapefile complet. Mettez .shp, .dbf, .shx et .prj dans le .zip."
    ),
    "no_polygon": lambda title: (
        f"{title} : aucun polygone, seulement des points ou des lignes. Donnez une couche de "
        "contours."
    ),
    "bad_feature": lambda title, place: (
        f"{title} : contour illisible, entité {place}. Corrigez-la ou retirez-la."
    ),
    "coordinates": lambda title, place: (
        f"{title} : coordonnées impossibles, entité {place}. Corrigez-la ou retirez-la."
    ),
    "features": lambda title, most: too_many(title, "entité", most),
    "vertices": lambda title, most: (
        f"{title} : plus de {format_count(most, 'million')} de sommets. Simplifiez les contours."
    ),
    "swapped": lambda title: (
        f"{title} : latitude et longitude semblent inversées. Donnez la longitude d'abord."
    ),
    "no_system": lambda title, place: (
        f"{title} : ni degrés, ni Lambert-93, entité {place}. Enregistrez-le en WGS 84 (EPSG:4326) "
        "ou en Lambert-93 (EPSG:2154), avec son système de coordonnées."
    ),
    "unknown_system": lambda title: (
        f"{title} : système de coordonnées inconnu. Enregistrez-le en WGS 84 (EPSG:4326) ou en "
        "Lambert-93 (EPSG:2154)."
    ),
}
