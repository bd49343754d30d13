"""Addresses of the API of people, houses, networks and tokens."""

from django.urls import path

from commons.people.api import account, exports, houses

urlpatterns = [
    path("me/", account.MeView.as_view(), name="api-me"),
    path("me/calendar/", account.CalendarView.as_view(), name="api-me-calendar"),
    path("me/exports/", exports.ExportsView.as_view(), name="api-exports"),
    path("me/exports/<int:pk>/file/", exports.ExportFileView.as_view(), name="api-export-file"),
    path("tokens/", account.TokensView.as_view(), name="api-tokens"),
    path("tokens/<int:pk>/", account.TokenView.as_view(), name="api-token"),
    path("institutions/", houses.InstitutionsView.as_view(), name="api-institutions"),
    path("institutions/<slug:slug>/", houses.InstitutionView.as_view(), name="api-institution"),
    path("networks/", houses.NetworksView.as_view(), name="api-networks"),
    path("networks/<slug:slug>/", houses.NetworkView.as_view(), name="api-network"),
    path("networks/<slug:slug>/membership/", houses.MembershipView.as_view(), name="api-membership"),
    path("networks/<slug:slug>/members/", houses.MembersView.as_view(), name="api-members"),
]
