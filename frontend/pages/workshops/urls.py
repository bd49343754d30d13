"""Addresses of workshops: the calendar, series, their meetings."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from frontend.pages.workshops import calendar, gestures, hosting, papers, reading, room, taking_part

urlpatterns = [
    path(_("ateliers/"), calendar.workshops, name="workshops"),
    path(_("ateliers/proposer/"), hosting.create, name="series_create"),
    path(_("ateliers/series/<str:pk>/modifier/"), hosting.change, name="series_edit"),
    path(_("ateliers/series/<str:pk>/dates/"), hosting.dates, name="series_dates"),
    path(_("ateliers/<int:pk>/modifier/"), hosting.meeting, name="occurrence_edit"),
    path(_("ateliers/<int:pk>/etat/"), hosting.become, name="occurrence_status"),
    path(_("ateliers/<int:pk>/suite/"), hosting.order, name="occurrence_order"),
    path(_("ateliers/<int:pk>/discussion/"), taking_part.talk, name="occurrence_talk"),
    path(_("ateliers/<int:pk>/presence/"), hosting.attendance, name="attendance"),
    path(_("ateliers/<int:pk>/j-y-etais/"), taking_part.attended, name="attended"),
    path(_("ateliers/<int:pk>/attestation.pdf"), papers.certificate, name="certificate"),
    path(_("ateliers/<int:pk>/compte-rendu.pdf"), papers.minutes, name="minutes_pdf"),
    path(_("ateliers/<int:pk>/compte-rendu/historique/"), papers.history, name="minutes_history"),
    path(_("ateliers/<int:pk>/place/"), taking_part.seat, name="seat"),
    path(_("ateliers/<int:pk>/sujets/"), taking_part.topic, name="topic"),
    path(_("ateliers/<int:pk>/sujets/<int:topic_pk>/"), taking_part.voice, name="topic_vote"),
    path(_("ateliers/<int:pk>/blocs/"), taking_part.block, name="block"),
    path(_("ateliers/<int:pk>/blocs/<int:block_pk>/"), taking_part.edit, name="block_edit"),
    path(_("ateliers/<int:pk>/salle/"), room.room, name="room"),
    path(_("ateliers/<int:pk>/salle/ouverture/"), gestures.opening, name="room_opening"),
    path(_("ateliers/<int:pk>/salle/deroule/"), gestures.agenda, name="room_agenda"),
    path(_("ateliers/<int:pk>/salle/file/"), gestures.queue, name="room_queue"),
    path(_("ateliers/<int:pk>/salle/parole/"), gestures.floor, name="room_floor"),
    path(_("ateliers/<int:pk>/salle/sondages/"), gestures.polls, name="room_polls"),
    path(_("ateliers/<int:pk>/salle/sondages/<int:poll_pk>/"), gestures.poll, name="room_poll"),
    path(_("ateliers/<int:pk>/salle/questions/"), gestures.questions, name="room_questions"),
    path(_("ateliers/<int:pk>/salle/questions/<int:question_pk>/"), gestures.question, name="room_question"),
    path(_("ateliers/series/<str:pk>/<slug:slug>/"), reading.series, name="series"),
    path(_("ateliers/<int:pk>/<slug:slug>/"), reading.occurrence, name="occurrence"),
]
