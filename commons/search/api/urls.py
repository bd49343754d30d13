"""Addresses of the API of the search."""

from django.urls import path

from commons.search.api import saved, searching

urlpatterns = [
    path("search/", searching.SearchView.as_view(), name="api-search"),
    path("suggest/", searching.SuggestView.as_view(), name="api-suggest"),
    path("searches/", saved.SavedSearchesView.as_view(), name="api-saved-searches"),
    path("searches/<int:pk>/", saved.SavedSearchView.as_view(), name="api-saved-search"),
]
