"""The doors of the questions put to a room: asked, voted for, answered, taken out."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from commons.drf import page_of, shaped
from commons.errors import NotFound
from commons.people.api.authentication import person_of
from events.actions import ask_question, close_question, remove_question, vote_question
from events.api.doors import entered_room, visible_occurrence
from events.api.frames import question_row
from events.models import Question
from events.queries import own_voices, questions_of


class QuestionSerializer(serializers.Serializer[Any]):
    """A question and its voices; `by` is null under the Chatham House rule."""

    id = serializers.IntegerField(read_only=True)
    text = serializers.CharField(max_length=300)
    by = serializers.CharField(read_only=True, allow_null=True)
    voices = serializers.IntegerField(read_only=True)
    is_mine = serializers.BooleanField(read_only=True, help_text="whether my voice is among them")
    answered_at = serializers.DateTimeField(allow_null=True, read_only=True)


class QuestionInputSerializer(serializers.Serializer[Any]):
    """A new question; the same `client_id` again is the same question."""

    text = serializers.CharField(max_length=300)
    client_id = serializers.CharField(required=False, allow_blank=True, max_length=64)


def _found(request: Request, pk: int, question_pk: int) -> Question:
    rows = questions_of(entered_room(request, pk)).select_related("room__occurrence__series")
    question = rows.filter(pk=question_pk).first()
    if question is None:
        raise NotFound
    return question


def _row(request: Request, question: Question) -> dict[str, Any]:
    return question_row(question, is_mine=question.pk in own_voices(request.user, [question]))


class QuestionsView(APIView):
    """The questions of a room."""

    @extend_schema(responses=page_of(QuestionSerializer), operation_id="questions_list")
    def get(self, request: Request, pk: int) -> Response:
        """List the questions: the open ones first, the most wanted first."""
        questions = list(questions_of(entered_room(request, pk)))
        mine = own_voices(request.user, questions)
        rows = [question_row(question, is_mine=question.pk in mine) for question in questions]
        return Response({"results": rows, "next": None, "previous": None})

    @extend_schema(
        request=QuestionInputSerializer,
        responses={200: QuestionSerializer, 201: QuestionSerializer},
        operation_id="questions_ask",
    )
    def post(self, request: Request, pk: int) -> Response:
        """Ask, with one's own voice. The same `client_id` again answers 200 with the question that is there."""
        values = shaped(request, QuestionInputSerializer(data=request.data))
        question, is_new = ask_question(by=person_of(request), occurrence=visible_occurrence(request, pk), **values)
        return Response(_row(request, question), status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


class QuestionView(APIView):
    """One question."""

    @extend_schema(responses={204: None}, operation_id="questions_remove")
    def delete(self, request: Request, pk: int, question_pk: int) -> Response:
        """Take a question out."""
        remove_question(by=person_of(request), question=_found(request, pk, question_pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class QuestionVoteView(APIView):
    """One's own voice for a question."""

    @extend_schema(request=None, responses=QuestionSerializer, operation_id="questions_vote")
    def put(self, request: Request, pk: int, question_pk: int) -> Response:
        """Give one's voice; twice is once."""
        return self._voted(request, _found(request, pk, question_pk), is_on=True)

    @extend_schema(request=None, responses=QuestionSerializer, operation_id="questions_unvote")
    def delete(self, request: Request, pk: int, question_pk: int) -> Response:
        """Take one's voice back."""
        return self._voted(request, _found(request, pk, question_pk), is_on=False)

    def _voted(self, request: Request, question: Question, *, is_on: bool) -> Response:
        return Response(_row(request, vote_question(by=person_of(request), question=question, is_on=is_on)))


class QuestionClosureView(APIView):
    """A question's answer, given aloud."""

    @extend_schema(request=None, responses=QuestionSerializer, operation_id="questions_close")
    def post(self, request: Request, pk: int, question_pk: int) -> Response:
        """Say that a question was answered: it goes below the others."""
        return Response(_row(request, close_question(by=person_of(request), question=_found(request, pk, question_pk))))
