"""Which of the files in the dossiers' folder are photos of products, so that its sweep leaves them alone."""

from fairs.models import ProductPhoto


def kept(names) -> set[str]:
    """Those of `names` (stored names) that a photo names."""
    return {
        name
        for column in ("stored_name", "thumbnail_name")
        for name in ProductPhoto.objects.filter(**{f"{column}__in": names}).values_list(column, flat=True)
    }
