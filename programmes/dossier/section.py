"""The block "Hồ sơ" on the page of a scheme."""

from django.utils import timezone

from programmes.dossier.checklist import checklist
from programmes.models import PaperTemplate
from programmes.scheme_sections import Section


def section(scheme, user):
    """What is there and what is missing, step by step; the papers that the portal can draft today."""
    today = timezone.localdate()
    context = {
        "scheme": scheme,
        "dossier": checklist(scheme, today),
        "templates": PaperTemplate.objects.for_scheme(scheme, today),
        "may_add": user.has_perm("programmes.add_schemedocument"),
    }
    return Section("programmes/dossier/_on_scheme.html", context)
