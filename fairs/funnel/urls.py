"""Addresses of this part; `fairs.urls` joins them."""

from django.urls import path

from fairs.views import funnel

urlpatterns = [path("selection/funnel/", funnel.funnel, name="funnel")]
