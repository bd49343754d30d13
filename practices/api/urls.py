"""Addresses of the API of sheets, collections and terms."""

from django.urls import path

from practices.api import authors, editorial, judgements, sheets, shelves, uploads

urlpatterns = [
    path("sheets/", sheets.SheetsView.as_view(), name="api-sheets"),
    path("sheets/<str:pk>/", sheets.SheetView.as_view(), name="api-sheet"),
    path("sheets/<str:pk>/submission/", editorial.SubmissionView.as_view(), name="api-submission"),
    path("sheets/<str:pk>/decision/", editorial.DecisionView.as_view(), name="api-decision"),
    path("sheets/<str:pk>/confirmation/", editorial.ConfirmationView.as_view(), name="api-confirmation"),
    path("sheets/<str:pk>/versions/", editorial.VersionsView.as_view(), name="api-versions"),
    path("sheets/<str:pk>/versions/<int:number>/", editorial.VersionView.as_view(), name="api-version"),
    path("sheets/<str:pk>/proposals/", editorial.ProposalsView.as_view(), name="api-proposals"),
    path(
        "sheets/<str:pk>/proposals/<int:proposal_pk>/decision/",
        editorial.ProposalDecisionView.as_view(),
        name="api-proposal-decision",
    ),
    path("sheets/<str:pk>/authors/", authors.AuthorsView.as_view(), name="api-authors"),
    path("sheets/<str:pk>/authors/<int:user_pk>/", authors.AuthorView.as_view(), name="api-author"),
    path("invitations/", authors.InvitationsView.as_view(), name="api-invitations"),
    path("invitations/<int:pk>/", authors.InvitationView.as_view(), name="api-invitation"),
    path("invitations/<int:pk>/acceptance/", authors.AcceptanceView.as_view(), name="api-acceptance"),
    path("sheets/<str:pk>/trials/", judgements.TrialsView.as_view(), name="api-trials"),
    path("sheets/<str:pk>/trials/<int:trial_pk>/", judgements.TrialView.as_view(), name="api-trial"),
    path("sheets/<str:pk>/ratings/", judgements.RatingsView.as_view(), name="api-ratings"),
    path("sheets/<str:pk>/support/", judgements.SupportView.as_view(), name="api-support"),
    path("sheets/<str:pk>/uploads/", uploads.UploadsView.as_view(), name="api-uploads"),
    path("sheets/<str:pk>/uploads/<str:upload_pk>/", uploads.UploadView.as_view(), name="api-upload"),
    path("collections/", shelves.CollectionsView.as_view(), name="api-collections"),
    path("collections/<int:pk>/", shelves.CollectionView.as_view(), name="api-collection"),
    path("collections/<int:pk>/items/", shelves.ItemsView.as_view(), name="api-collection-items"),
    path("terms/", shelves.TermsView.as_view(), name="api-terms"),
    path("terms/<slug:slug>/", shelves.TermView.as_view(), name="api-term"),
]
