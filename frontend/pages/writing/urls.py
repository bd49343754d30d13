"""Addresses where sheets are written, tried, rated and discussed."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.writing import editing, judging, life, proposing, together, uploads

urlpatterns = [
    path(_("ecrire/"), editing.create, name="sheet_create"),
    path(_("mes-fiches/"), life.drafts, name="drafts"),
    path(_("ecrire/<str:pk>/proposer/"), life.submit, name="sheet_submit"),
    path(_("ecrire/<str:pk>/publier/"), life.publish, name="sheet_publish"),
    path(_("ecrire/<str:pk>/confirmer/"), life.confirm, name="sheet_confirm"),
    path(_("ecrire/<str:pk>/auteurs/"), together.authors, name="sheet_authors"),
    path(_("invitations/<int:pk>/"), together.invitation, name="invitation"),
    path(_("ecrire/<str:pk>/fichiers/"), uploads.uploads, name="upload_add"),
    path(_("ecrire/<str:pk>/"), editing.edit, {"step": "essentials"}, name="sheet_edit"),
    path(_("ecrire/<str:pk>/<slug:step>/"), editing.edit, name="sheet_edit"),
    path(_("fiches/<str:pk>/essayer/"), judging.trial_add, name="trial_add"),
    path("medias/<str:pk>/", uploads.upload, name="upload"),
    path(_("essais/<int:pk>/"), judging.trial_edit, name="trial_edit"),
    path(_("fiches/<str:pk>/avis/"), judging.rate, name="sheet_rate"),
    path(_("fiches/<str:pk>/nous-aussi/"), judging.support, name="sheet_support"),
    path(_("fiches/<str:pk>/ameliorer/"), proposing.propose, name="proposal_add"),
    path(_("fiches/<str:pk>/propositions/"), proposing.proposals, name="proposals"),
    path(_("fiches/<str:pk>/propositions/<int:proposal_pk>/"), proposing.proposal, name="proposal"),
]
