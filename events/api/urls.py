"""Addresses of the API of series and occurrences."""

from django.urls import path

from events.api import calendars, minutes, occurrences, polls, questions, queue, rooms, seats, series, topics

urlpatterns = [
    path("series/", series.SeriesListView.as_view(), name="api-series-list"),
    path("series/dates/", series.SeriesDatesView.as_view(), name="api-series-dates"),
    path("series/<str:pk>/", series.SeriesView.as_view(), name="api-series"),
    path("series/<str:pk>/calendar.ics", calendars.SeriesCalendarView.as_view(), name="api-series-calendar"),
    path("series/<str:pk>/occurrences/", series.SeriesOccurrencesView.as_view(), name="api-series-occurrences"),
    path("series/<str:pk>/skipped-dates/", series.SkippedDatesView.as_view(), name="api-skipped-dates"),
    path("series/<str:pk>/extra-dates/", series.ExtraDatesView.as_view(), name="api-extra-dates"),
    path("occurrences/", occurrences.OccurrencesView.as_view(), name="api-occurrences"),
    path("occurrences/<int:pk>/", occurrences.OccurrenceView.as_view(), name="api-occurrence"),
    path(
        "occurrences/<int:pk>/calendar.ics", calendars.OccurrenceCalendarView.as_view(), name="api-occurrence-calendar"
    ),
    path("occurrences/<int:pk>/status/", occurrences.StatusView.as_view(), name="api-status"),
    path("occurrences/<int:pk>/confirmation/", occurrences.ConfirmationView.as_view(), name="api-occurrence-confirm"),
    path("occurrences/<int:pk>/following/", occurrences.FollowingView.as_view(), name="api-following"),
    path("occurrences/<int:pk>/thread/", occurrences.ThreadView.as_view(), name="api-occurrence-thread"),
    path("occurrences/<int:pk>/seats/", seats.SeatsView.as_view(), name="api-seats"),
    path("occurrences/<int:pk>/attendance/", seats.AttendanceView.as_view(), name="api-attendance"),
    path("occurrences/<int:pk>/topics/", topics.TopicsView.as_view(), name="api-topics"),
    path("occurrences/<int:pk>/topics/<int:topic_pk>/vote/", topics.VoteView.as_view(), name="api-topic-vote"),
    path("occurrences/<int:pk>/agenda/", topics.AgendaView.as_view(), name="api-agenda"),
    path("occurrences/<int:pk>/agenda/step/", rooms.StepView.as_view(), name="api-agenda-step"),
    path("occurrences/<int:pk>/agenda/pause/", rooms.PauseView.as_view(), name="api-agenda-pause"),
    path("occurrences/<int:pk>/room/", rooms.RoomView.as_view(), name="api-room"),
    path("occurrences/<int:pk>/room/opening/", rooms.OpeningView.as_view(), name="api-room-opening"),
    path("occurrences/<int:pk>/room/closure/", rooms.RoomClosureView.as_view(), name="api-room-closure"),
    path("occurrences/<int:pk>/events/", rooms.RoomEventsView.as_view(), name="api-room-events"),
    path("occurrences/<int:pk>/queue/", queue.QueueView.as_view(), name="api-queue"),
    path("occurrences/<int:pk>/queue/balance/", queue.BalanceView.as_view(), name="api-queue-balance"),
    path("occurrences/<int:pk>/queue/<int:hand_pk>/", queue.HandView.as_view(), name="api-hand"),
    path("occurrences/<int:pk>/queue/<int:hand_pk>/place/", queue.PlaceView.as_view(), name="api-hand-place"),
    path("occurrences/<int:pk>/floor/", queue.FloorView.as_view(), name="api-floor"),
    path("occurrences/<int:pk>/polls/", polls.RoomPollsView.as_view(), name="api-room-polls"),
    path("occurrences/<int:pk>/polls/<int:poll_pk>/answer/", polls.PollAnswerView.as_view(), name="api-poll-answer"),
    path("occurrences/<int:pk>/polls/<int:poll_pk>/closure/", polls.PollClosureView.as_view(), name="api-poll-closure"),
    path("occurrences/<int:pk>/questions/", questions.QuestionsView.as_view(), name="api-questions"),
    path("occurrences/<int:pk>/questions/<int:question_pk>/", questions.QuestionView.as_view(), name="api-question"),
    path(
        "occurrences/<int:pk>/questions/<int:question_pk>/vote/",
        questions.QuestionVoteView.as_view(),
        name="api-question-vote",
    ),
    path(
        "occurrences/<int:pk>/questions/<int:question_pk>/closure/",
        questions.QuestionClosureView.as_view(),
        name="api-question-closure",
    ),
    path("occurrences/<int:pk>/minutes/", minutes.MinutesView.as_view(), name="api-minutes"),
    path("occurrences/<int:pk>/minutes.md", minutes.MarkdownView.as_view(), name="api-minutes-markdown"),
    path("occurrences/<int:pk>/minutes/review/", minutes.ReviewView.as_view(), name="api-minutes-review"),
    path("occurrences/<int:pk>/minutes/blocks/", minutes.BlocksView.as_view(), name="api-blocks"),
    path("occurrences/<int:pk>/minutes/blocks/<int:block_pk>/", minutes.BlockView.as_view(), name="api-block"),
    path(
        "occurrences/<int:pk>/minutes/blocks/<int:block_pk>/sheet/",
        minutes.BlockSheetView.as_view(),
        name="api-block-sheet",
    ),
    path("networks/<slug:slug>/calendar.ics", calendars.NetworkCalendarView.as_view(), name="api-network-calendar"),
    path("calendars/<str:key>.ics", calendars.PersonalCalendarView.as_view(), name="api-personal-calendar"),
]
