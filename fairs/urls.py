"""Addresses of fairs, selection and products; each part has its own list."""

from fairs.events.urls import urlpatterns as events
from fairs.funnel.urls import urlpatterns as funnel
from fairs.products.urls import urlpatterns as products
from fairs.public.urls import urlpatterns as public
from fairs.selection.urls import urlpatterns as selection

app_name = "fairs"
urlpatterns = [*events, *selection, *funnel, *products, *public]
