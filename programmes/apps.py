from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = "Chương trình, đề án"

    def ready(self):
        """Schemes have their sections on the page of a facility, whose app may not know them."""
        from facilities import sections  # noqa: PLC0415  models first
        from programmes import facility_sections  # noqa: PLC0415

        sections.register(facility_sections.received_section)
        sections.register(facility_sections.ceilings_section)
