"""The addresses of the forum's API."""

from django.urls import path

from forum.api import mails, people, posts, threads

urlpatterns = [
    path("threads/<str:pk>/posts/", posts.PostsView.as_view(), name="api-posts"),
    path("mails/", mails.received, name="api-mails"),
    path("threads/", threads.ThreadsView.as_view(), name="api-threads"),
    path("threads/people/", people.OpeningView.as_view(), name="api-opening-people"),
    path("threads/<str:pk>/", threads.ThreadView.as_view(), name="api-thread"),
    path("threads/<str:pk>/closure/", threads.ClosureView.as_view(), name="api-closure"),
    path("threads/<str:pk>/answer/", threads.AnswerView.as_view(), name="api-answer"),
    path("threads/<str:pk>/order/", threads.OrderView.as_view(), name="api-order"),
    path("threads/<str:pk>/space/", threads.MoveView.as_view(), name="api-space"),
    path("threads/<str:pk>/split/", threads.SplitView.as_view(), name="api-split"),
    path("threads/<str:pk>/merger/", threads.MergeView.as_view(), name="api-merger"),
    path("threads/<str:pk>/sheets/", threads.BirthsView.as_view(), name="api-births"),
    path("threads/<str:pk>/people/", people.PeopleView.as_view(), name="api-thread-people"),
    path("threads/<str:pk>/reads/", threads.ReadsView.as_view(), name="api-reads"),
    path("threads/<str:pk>/follow/", threads.FollowView.as_view(), name="api-follow"),
    path("threads/<str:pk>/draft/", threads.DraftView.as_view(), name="api-draft"),
    path("threads/<str:pk>/events/", posts.EventsView.as_view(), name="api-events"),
    path("threads/<str:pk>/posts/<int:post_pk>/", posts.PostView.as_view(), name="api-post"),
    path("threads/<str:pk>/posts/<int:post_pk>/restoration/", posts.RestorationView.as_view(), name="api-restoration"),
    path("threads/<str:pk>/posts/<int:post_pk>/release/", posts.ReleaseView.as_view(), name="api-release"),
    path(
        "threads/<str:pk>/posts/<int:post_pk>/reactions/<str:kind>/", posts.ReactionView.as_view(), name="api-reaction"
    ),
    path("threads/<str:pk>/posts/<int:post_pk>/poll/", posts.PollView.as_view(), name="api-poll"),
    path("threads/<str:pk>/posts/<int:post_pk>/votes/", posts.VoteView.as_view(), name="api-votes"),
]
