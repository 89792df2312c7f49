"""Addresses of this part; `fairs.urls` joins them."""

from django.urls import path

from fairs.views import deals, event_options, events, participants

urlpatterns = [
    path("fairs/", events.event_list, name="event-list"),
    path("fairs/new/", events.event_create, name="event-create"),
    path("fairs/scheme-options/", event_options.scheme_options, name="scheme-options"),
    path("fairs/province-options/", event_options.province_options, name="province-options"),
    path("fairs/<int:pk>/", events.event_detail, name="event-detail"),
    path("fairs/<int:pk>/edit/", events.event_edit, name="event-edit"),
    path("fairs/<int:pk>/delete/", events.event_delete, name="event-delete"),
    path("fairs/<int:pk>/history/", events.event_history, name="event-history"),
    path("fairs/<int:pk>/participants/", participants.participants_edit, name="event-participants"),
    path("fairs/<int:pk>/deals/new/", deals.deal_create, name="deal-create"),
    path("fairs/deals/", deals.deal_list, name="deal-list"),
    path("fairs/deals/<int:pk>/", deals.deal_detail, name="deal-detail"),
    path("fairs/deals/<int:pk>/edit/", deals.deal_edit, name="deal-edit"),
    path("fairs/deals/<int:pk>/delete/", deals.deal_delete, name="deal-delete"),
    path("fairs/deals/<int:pk>/history/", deals.deal_history, name="deal-history"),
    path("fairs/deals/<int:pk>/follow-up/", deals.deal_follow_up, name="deal-follow-up"),
    path("fairs/deals/<int:pk>/contract/", deals.deal_contract, name="deal-contract"),
    path("fairs/deals/<int:pk>/drop/", deals.deal_drop, name="deal-drop"),
]
