"""The French words of withdrawn contributions."""

from collections.abc import Mapping
from typing import Final

REVISION_KINDS: Final[Mapping[str, str]] = {"save": "Enregistrement", "withdrawal": "Retrait"}
KIND: Final = "Nature"
WITHDRAWN: Final = "Retiré"


def nothing_to_withdraw(record: str) -> str:
    """Refuse to withdraw what was never saved."""
    return f"{record} : jamais enregistré dans cette base, rien à retirer. Rechargez la page."
