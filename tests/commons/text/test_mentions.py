"""Handles: links for the people given, text for anybody else, nothing in code."""

import pytest

from commons.text.markdown import render
from commons.text.mentions import Mentions, Named, numbers_in

CAMILLE = Named("Camille <b>D.</b>", "/personnes/42/")
LINK = '<a class="mention" href="/personnes/42/" rel="nofollow ugc noopener">@Camille &lt;b&gt;D.&lt;/b&gt;</a>'


def shown(source: str) -> tuple[str, set[int]]:
    mentions = Mentions({42: CAMILLE})
    return render(source, prefix="m1", mentions=mentions), mentions.named


@pytest.mark.parametrize("handle", ["@camille-d-42", "@42", "@autre-nom-42"])
def test_a_handle_becomes_a_link_by_its_number(handle: str) -> None:
    assert shown(f"Merci {handle}, vraiment.") == (f"<p>Merci {LINK}, vraiment.</p>", {42})


@pytest.mark.parametrize(
    "source",
    [
        "Merci @camille-d-43.", "`@camille-d-42`", "camille@camille-d-42", "a/@camille-d-42", "@camille-d-42x",
        "@camille", "@@camille-d-42", "@42@maison.example", "```\n@camille-d-42\n```",
    ],
)  # fmt: skip
def test_anything_else_stays_text(source: str) -> None:
    html, named = shown(source)
    assert ("mention" in html, named) == (False, set())


def test_numbers_are_read_once_and_in_order() -> None:
    assert numbers_in("@a-2 puis @b-1 et `@a-2`, @c") == [2, 1]
    assert render("@a-2", prefix="m1") == "<p>@a-2</p>"
