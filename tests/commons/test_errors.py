"""What each refusal says and carries."""

from commons.errors import CommonsError, Conflict, Invalid, NotAllowed, NotFound, TooMany


def test_each_refusal_has_its_status_and_code() -> None:
    refusals = [CommonsError(), NotAllowed(), NotFound(), Conflict(), Invalid({}), TooMany()]
    assert [(r.status, r.code) for r in refusals] == [
        (400, "error"), (403, "not_allowed"), (404, "not_found"),
        (409, "conflict"), (422, "invalid"), (429, "too_many"),
    ]  # fmt: skip
    assert str(TooMany().message) == "Trop de demandes en peu de temps : réessayez dans un instant."


def test_a_conflict_carries_the_other_text_and_invalid_its_fields() -> None:
    assert Conflict("Non", code="x", theirs={"aim": "A"}, revision=3).__dict__ == {
        "code": "x", "message": "Non", "theirs": {"aim": "A"}, "revision": 3,
    }  # fmt: skip
    assert Invalid({"steps.0.title": ("À remplir.",)}).fields == {"steps.0.title": ["À remplir."]}
