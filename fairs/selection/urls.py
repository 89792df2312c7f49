"""Addresses of product selection; `fairs.urls` joins them."""

from django.urls import path

from fairs.views import complaints, cycles, entries, entry_papers, rounds, scores

urlpatterns = [
    path("selection/", cycles.cycle_list, name="cycle-list"),
    path("selection/cycles/new/", cycles.cycle_create, name="cycle-create"),
    path("selection/cycles/<int:pk>/", cycles.cycle_detail, name="cycle-detail"),
    path("selection/cycles/<int:pk>/edit/", cycles.cycle_edit, name="cycle-edit"),
    path("selection/cycles/<int:pk>/history/", cycles.cycle_history, name="cycle-history"),
    path("selection/cycles/<int:pk>/rounds/new/", rounds.round_create, name="round-create"),
    path("selection/rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("selection/rounds/<int:pk>/edit/", rounds.round_edit, name="round-edit"),
    path("selection/rounds/<int:pk>/history/", rounds.round_history, name="round-history"),
    path("selection/rounds/<int:pk>/step/", rounds.round_step, name="round-step"),
    path("selection/rounds/<int:pk>/announce/", rounds.round_announce, name="round-announce"),
    path("selection/rounds/<int:pk>/members/", rounds.round_members, name="round-members"),
    path("selection/rounds/<int:pk>/scores/", scores.round_scores, name="round-scores"),
    path("selection/rounds/<int:pk>/sheets/", scores.round_sheets, name="round-sheets"),
    path("selection/rounds/<int:pk>/products/", entries.entry_products, name="entry-products"),
    path("selection/rounds/<int:pk>/entries/new/", entries.entry_create, name="entry-create"),
    path("selection/rounds/<int:pk>/complaints/new/", complaints.complaint_create, name="complaint-create"),
    path("selection/complaints/<int:pk>/edit/", complaints.complaint_edit, name="complaint-edit"),
    path("selection/entries/<int:pk>/", entries.entry_detail, name="entry-detail"),
    path("selection/entries/<int:pk>/edit/", entries.entry_edit, name="entry-edit"),
    path("selection/entries/<int:pk>/history/", entries.entry_history, name="entry-history"),
    path("selection/entries/<int:pk>/step/", entries.entry_step, name="entry-step"),
    path("selection/entries/<int:pk>/delete/", entries.entry_delete, name="entry-delete"),
    path("selection/entries/<int:pk>/papers/new/", entry_papers.paper_add, name="paper-add"),
    path("selection/entries/<int:pk>/papers/all/", entry_papers.paper_all, name="paper-all"),
    path("selection/papers/<int:pk>/download/", entry_papers.paper_download, name="paper-download"),
    path("selection/papers/<int:pk>/delete/", entry_papers.paper_delete, name="paper-delete"),
]
