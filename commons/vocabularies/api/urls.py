"""Addresses of the API of vocabularies."""

from django.urls import path

from commons.vocabularies.api import vocabularies

urlpatterns = [
    path("vocabularies/", vocabularies.VocabulariesView.as_view(), name="api-vocabularies"),
    path("vocabularies/<slug:code>/", vocabularies.VocabularyView.as_view(), name="api-vocabulary"),
]
