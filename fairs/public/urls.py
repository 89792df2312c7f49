"""Addresses that need no login."""

urlpatterns = []
