"""Addresses of this part; `fairs.urls` joins them."""

urlpatterns = []
