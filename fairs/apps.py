from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class FairsConfig(AppConfig):
    name = "fairs"
    verbose_name = "Hội chợ, kết nối, bình chọn sản phẩm"

    def ready(self):
        """What the apps below cannot know of fairs and products: files kept, sections, priority, reminders, papers."""
        from fairs.events import connections as events  # noqa: PLC0415
        from fairs.products import connections as products  # noqa: PLC0415  models first
        from fairs.selection import connections as selection  # noqa: PLC0415

        events.connect()
        products.connect()
        selection.connect()
        post_migrate.connect(_law_is_there, sender=self)


def _law_is_there(using, **_):
    """No certificate can be dated and no point given without the rows of law: a new database has them at once."""
    from fairs.models import SelectionLevel  # noqa: PLC0415  models first
    from fairs.reference import load_law  # noqa: PLC0415

    tables = connections[using].introspection.table_names()
    if SelectionLevel._meta.db_table in tables and not SelectionLevel.objects.exists():
        load_law()
