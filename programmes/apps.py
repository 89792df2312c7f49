from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Chương trình, đề án"

    def ready(self):
        """Schemes have their sections on the page of a facility, whose app may not know them."""
        from facilities import sections  # noqa: PLC0415  models first
        from khuyencong import calendar  # noqa: PLC0415
        from programmes import facility_sections, scheme_sections  # noqa: PLC0415
        from programmes.adjustments import section as adjustments  # noqa: PLC0415
        from programmes.ceilings import section as ceilings  # noqa: PLC0415
        from programmes.deadlines import services as deadlines  # noqa: PLC0415
        from programmes.dossier import section as dossier  # noqa: PLC0415
        from programmes.ledger import section as ledger  # noqa: PLC0415
        from programmes.monitoring import sections as monitoring  # noqa: PLC0415
        from programmes.warnings import sections as warnings  # noqa: PLC0415

        calendar.FOLLOWERS.append(deadlines.rebuild)
        sections.register(facility_sections.received_section)
        sections.register(facility_sections.ceilings_section)
        sections.register(monitoring.facility_section)
        scheme_sections.MAKERS.append(ceilings.section)
        scheme_sections.MAKERS.append(adjustments.section)
        scheme_sections.MAKERS.append(ledger.section)
        scheme_sections.MAKERS.append(dossier.section)
        scheme_sections.MAKERS.append(monitoring.scheme_section)
        scheme_sections.MAKERS.append(warnings.scheme_section)
        post_migrate.connect(_procedure_is_there, sender=self)


def _procedure_is_there(using, **_):
    """No scheme can take a step without a procedure: a new database has the general one at once."""
    from programmes.models import WorkflowStep  # noqa: PLC0415  models first
    from programmes.reference import load_workflow  # noqa: PLC0415

    if (
        WorkflowStep._meta.db_table in connections[using].introspection.table_names()
        and not WorkflowStep.objects.exists()
    ):
        load_workflow()
