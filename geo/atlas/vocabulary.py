"""The closed lists of the tables of partnerships, with their French labels."""

from collections.abc import Mapping
from typing import Final

Labels = Mapping[str, str]
# Controlled lists: code -> label, in the order they are shown
PARTY_KINDS: Final[Labels] = {
    "public": "Établissement public",
    "prive_lucratif": "Privé à but lucratif",
    "espic_mutualiste": "Privé non lucratif (ESPIC, mutualiste, fondation)",
    "militaire": "Hôpital militaire",
    "universite": "Université",
    "association": "Association",
    "collectivite": "Collectivité ou service public local",
    "liberal": "Professionnels libéraux",
    "groupement": "Groupement (GCS, GIE, GIP)",
    "inconnu": "Nature inconnue",
}
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
FORMS: Final[Labels] = {
    "gcs_moyens": "GCS de moyens",
    "gcs_etablissement": "GCS établissement de santé",
    "gcs": "GCS (type non précisé)",
    "gie": "GIE",
    "gip": "GIP",
    "syndicat_interhospitalier": "Syndicat interhospitalier",
    "convention_partenariat": "Convention de partenariat",
    "convention_association": "Convention d'association",
    "convention_adhesion": "Convention d'adhésion",
    "convention_occupation": "Convention d'occupation de locaux",
    "protocole_accord": "Protocole d'accord",
    "direction_commune": "Direction commune",
    "membre_associe": "Membre associé",
    "partenaire": "Établissement partenaire",
    "federation": "Institut ou fédération médicale",
    "cooperation": "Coopération sans forme précisée",
    "programme": "Programme",
}
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
RELATIONS: Final[Labels] = {
    "preparation_de": "Prépare",
    "succede_a": "Succède à",
    "programme_de": "Programme à l'origine de",
    "prolonge": "Prolonge",
    "associe_a": "Lié à",
}
REVERSED_RELATIONS: Final[Labels] = {
    "preparation_de": "Préparé par",
    "succede_a": "Suivi de",
    "programme_de": "Né du programme",
    "prolonge": "Prolongé par",
    "associe_a": "Lié à",
}
ORIGINS: Final[Labels] = {"atlas": "Relevé de l'atlas", "contribution": "Contribution"}
