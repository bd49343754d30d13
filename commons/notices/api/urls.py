"""The addresses of the API of notices."""

from django.urls import path

from commons.notices.api import notices

urlpatterns = [
    path("notices/", notices.NoticesView.as_view(), name="api-notices"),
    path("notices/read/", notices.ReadingView.as_view(), name="api-notices-read"),
    path("notices/<int:pk>/read/", notices.NoticeReadingView.as_view(), name="api-notice-read"),
]
