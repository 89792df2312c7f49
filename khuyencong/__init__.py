"""The ground floor and the wiring: who, where, when, how much."""

from khuyencong.celery import app as celery_app

__all__ = ["celery_app"]
