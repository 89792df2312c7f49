"""Addresses that need no login."""

from django.urls import path

from fairs.views import public

urlpatterns = [
    path("san-pham/", public.product_list, name="public-products"),
    path("san-pham/<int:pk>/", public.product_detail, name="public-product"),
    path("san-pham/anh/<int:pk>.jpg", public.photo, name="public-photo"),
    path("san-pham/anh/<int:pk>-nho.jpg", public.thumbnail, name="public-thumbnail"),
]
