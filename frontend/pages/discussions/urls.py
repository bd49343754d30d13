"""Addresses of discussions. A thread's own pages have three parts, so that none is taken for a thread's title."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.discussions import choosing, lists, moderating, opening, posts, reading, replying

urlpatterns = [
    path(_("discussions/"), lists.listing, name="threads"),
    path(_("discussions/ouvrir/"), opening.create, name="thread_create"),
    path(_("discussions/semblables/"), opening.similar, name="threads_similar"),
    path(_("discussions/<str:pk>/messages/repondre/"), replying.reply, name="thread_reply"),
    path(_("discussions/<str:pk>/messages/choisir/"), choosing.choose, name="thread_choose"),
    path(_("discussions/<str:pk>/fil/garder/"), replying.keep, name="thread_keep"),
    path(_("discussions/<str:pk>/fil/regler/"), moderating.order, name="thread_order"),
    path(_("discussions/<str:pk>/messages/<int:seq>/"), posts.options, name="post_options"),
    path(_("discussions/<str:pk>/messages/<int:seq>/modifier/"), posts.change, name="post_change"),
    path(_("discussions/<str:pk>/messages/<int:seq>/historique/"), posts.history, name="post_history"),
    path(_("discussions/<str:pk>/messages/<int:seq>/faire/<slug:deed>/"), posts.act, name="post_act"),
    path(_("discussions/<str:pk>/<slug:slug>/"), reading.thread, name="thread"),
]
