"""What the search box finds of fairs, selection and products; each module registers its sources when it is imported."""

from fairs.search import events, products  # noqa: F401
