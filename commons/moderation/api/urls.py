"""The addresses of moderation's API."""

from django.urls import path

from commons.moderation.api import reports

urlpatterns = [
    path("reports/", reports.ReportsView.as_view(), name="api-reports"),
    path("reports/<int:pk>/", reports.ReportView.as_view(), name="api-report"),
    path("reports/<int:pk>/notes/", reports.NotesView.as_view(), name="api-report-notes"),
]
