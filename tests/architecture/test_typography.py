"""French puts a space before : ; ! ? and inside « »: in our pages it never ends a line there."""

import re

from tests.architecture.tree import text_of, written

# The pages whose texts are mended. The messages of Python and the other pages follow with their next change.
MENDED = ("writing", "catalogue", "home", "houses", "people", "glossary", "curation", "print")
SAID = re.compile(
    r'\{% (?:translate|trans) "(?P<word>[^"]*)"|\b_\("(?P<given>[^"]*)"\)'
    r"|\{% blocktranslate[^%]*%\}(?P<block>.*?)\{% endblocktranslate %\}|(?P<quoted>«[^{}]\{\{[^}]*\}\}.»)",
    re.DOTALL,
)
BREAKABLE = re.compile(r"(?<=[^\s\u00a0\u202f]) [:;!?»](?=$|[\s<\").,…»’])|« ")


def test_no_line_of_a_page_starts_with_french_punctuation() -> None:
    faults = [
        (str(path), said[0])
        for path in written(".html")
        if path.parts[:2] == ("frontend", "templates") and path.parts[2] in MENDED
        for said in SAID.finditer(text_of(path))
        if any(BREAKABLE.search(text) for text in said.groupdict().values() if text)
    ]
    assert faults == []


def test_what_is_looked_for_is_found() -> None:
    said = ("Qui ?", "Qui\u00a0?", "« Oui\u00a0»", "une maison : la vôtre")
    assert [bool(BREAKABLE.search(text)) for text in said] == [True, False, True, True]
