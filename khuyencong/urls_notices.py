from django.urls import path

from khuyencong.views import notices

app_name = "notices"
urlpatterns = [
    path("", notices.notice_list, name="list"),
    path("open/", notices.notice_open, name="open"),
    path("read/", notices.notice_read, name="read"),
    path("preferences/", notices.preferences, name="preferences"),
]
