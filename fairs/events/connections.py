"""What events put into the registries of the apps below; called once, by `FairsConfig.ready`."""

from facilities import sections
from fairs import facility_sections, scheme_section
from programmes import scheme_sections


def connect():
    sections.register(facility_sections.events_section)
    if scheme_section.section not in scheme_sections.MAKERS:
        scheme_sections.MAKERS.append(scheme_section.section)
