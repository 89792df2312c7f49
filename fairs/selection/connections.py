"""What selection puts into the registries of the apps below; called once, by `FairsConfig.ready`."""

from fairs.selection import dossiers
from programmes.dossier import services as dossier


def connect():
    dossier.KEEPERS.append(dossiers.named)
