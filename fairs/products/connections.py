"""What products and certificates put into the registries of the apps below; called once, by `FairsConfig.ready`."""

from facilities import sections
from fairs import notices, product_sections
from fairs.products import kept_files, paper_fields, priority
from programmes.deadlines import reminders
from programmes.dossier import services as dossier
from programmes.dossier.paper_sample import SAMPLES
from programmes.models import PaperTemplate


def connect():
    dossier.KEEPERS.append(kept_files.kept)
    SAMPLES[PaperTemplate.Kind.CERTIFICATE] = paper_fields.SAMPLE
    sections.register(product_sections.section)
    priority.register()
    reminders.OTHERS.append(notices.remind)
