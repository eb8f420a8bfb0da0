"""The closed lists of the tables of partnerships, with their French labels."""

from collections.abc import Mapping
from typing import Final

Labels = Mapping[str, str]
# Controlled lists: code -> label, in the order they are shown
# Label, and the sector it counts in
_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "public": ("Établissement public", "public"),
    "prive_lucratif": ("Privé à but lucratif", "prive"),
    "espic_mutualiste": ("Privé non lucratif (ESPIC, mutualiste, fondation)", "mutualiste"),
    "militaire": ("Hôpital militaire", "militaire"),
    "universite": ("Université", "public"),
    "association": ("Association", "associatif"),
    "collectivite": ("Collectivité ou service public local", "public"),
    "liberal": ("Professionnels libéraux", "prive"),
    "groupement": ("Groupement (GCS, GIE, GIP)", "groupement"),
    "inconnu": ("Nature inconnue", "inconnu"),
}
PARTY_KINDS: Final[Labels] = {code: label for code, (label, _) in _KINDS.items()}
KIND_SECTORS: Final[Labels] = {code: sector for code, (_, sector) in _KINDS.items()}
ROLES: Final[Labels] = {
    "support": "Établissement support",
    "membre": "Membre du GHT",
    "associe": "Établissement associé",
    "partenaire": "Partenaire",
    "structure": "Structure commune",
    "autre_ght": "Établissement d'un autre GHT",
}
SECTORS: Final[Labels] = {
    "public": "Public",
    "prive": "Privé",
    "mutualiste": "Mutualiste ou non lucratif",
    "associatif": "Associatif",
    "militaire": "Militaire",
    "groupement": "Groupement",
    "inconnu": "Secteur inconnu",
}
# Label, and the family that colours it
_FORMS: Final[Mapping[str, tuple[str, str]]] = {
    "gcs_moyens": ("GCS de moyens", "gcs"),
    "gcs_etablissement": ("GCS établissement de santé", "gcs"),
    "gcs": ("GCS (type non précisé)", "gcs"),
    "gie": ("GIE", "gie_gip"),
    "gip": ("GIP", "gie_gip"),
    "syndicat_interhospitalier": ("Syndicat interhospitalier", "gie_gip"),
    "convention_partenariat": ("Convention de partenariat", "convention"),
    "convention_association": ("Convention d'association", "convention"),
    "convention_adhesion": ("Convention d'adhésion", "convention"),
    "convention_occupation": ("Convention d'occupation de locaux", "convention"),
    "protocole_accord": ("Protocole d'accord", "convention"),
    "direction_commune": ("Direction commune", "autre"),
    "membre_associe": ("Membre associé", "statut"),
    "partenaire": ("Établissement partenaire", "statut"),
    "federation": ("Institut ou fédération médicale", "autre"),
    "cooperation": ("Coopération sans forme précisée", "autre"),
    "programme": ("Programme", "programme"),
}
FORMS: Final[Labels] = {code: label for code, (label, _) in _FORMS.items()}
FORM_FAMILY: Final[Labels] = {code: family for code, (_, family) in _FORMS.items()}
FORM_FAMILIES: Final[Labels] = {
    "gcs": "Groupement de coopération sanitaire",
    "gie_gip": "GIE, GIP ou syndicat",
    "convention": "Convention ou protocole",
    "statut": "Associé ou partenaire du GHT",
    "programme": "Programme",
    "autre": "Autre coopération",
}
DOMAINS: Final[Labels] = {
    "projet_medical": "Projet médical partagé",
    "parcours_de_soins": "Parcours et filières de soins",
    "cancerologie": "Cancérologie",
    "radiotherapie": "Radiothérapie",
    "imagerie": "Imagerie",
    "chirurgie": "Chirurgie",
    "chirurgie_bariatrique": "Chirurgie bariatrique",
    "soins_critiques": "Soins critiques",
    "urgences": "Urgences",
    "geriatrie": "Gériatrie et grand âge",
    "addictologie": "Addictologie",
    "psychiatrie": "Psychiatrie et santé mentale",
    "nephrologie": "Néphrologie",
    "readaptation": "Soins médicaux et de réadaptation",
    "hospitalisation_domicile": "Hospitalisation et soins à domicile",
    "medecine_legale": "Médecine légale",
    "demographie_medicale": "Démographie et temps médicaux partagés",
    "recours": "Recours",
    "recherche_innovation": "Recherche et innovation",
    "formation": "Enseignement et formation",
    "systeme_information": "Système d'information",
    "pharmacie": "Pharmacie",
    "sterilisation": "Stérilisation",
    "logistique": "Logistique, blanchisserie, restauration",
}
UNKNOWN_DOMAIN: Final = "Domaine inconnu"
STATUSES: Final[Labels] = {
    "projet": "En projet",
    "annonce": "Annoncé",
    "signe": "Signé",
    "en_vigueur": "En vigueur",
    "termine": "Terminé",
    "conteste": "Contesté",
    "inconnu": "État inconnu",
}
PRECISIONS: Final[Labels] = {"day": "au jour", "month": "au mois", "year": "à l'année"}
CERTAINTIES: Final[Labels] = {"stated": "écrit dans la source", "inferred": "déduit"}
CONFIDENCES: Final[Labels] = {"haute": "Haute", "moyenne": "Moyenne", "faible": "Faible"}
MILESTONES: Final[Labels] = {
    "announced": "Annoncé",
    "signed": "Signé",
    "in_force": "En vigueur",
    "ended": "Terminé",
}
# Label, and that of the other end
_RELATIONS: Final[Mapping[str, tuple[str, str]]] = {
    "preparation_de": ("Prépare", "Préparé par"),
    "succede_a": ("Succède à", "Suivi de"),
    "programme_de": ("Programme à l'origine de", "Né du programme"),
    "prolonge": ("Prolonge", "Prolongé par"),
    "associe_a": ("Lié à", "Lié à"),
}
RELATIONS: Final[Labels] = {code: label for code, (label, _) in _RELATIONS.items()}
REVERSED_RELATIONS: Final[Labels] = {code: label for code, (_, label) in _RELATIONS.items()}
ORIGINS: Final[Labels] = {"atlas": "Liste de l'atlas", "contribution": "Contribution"}
