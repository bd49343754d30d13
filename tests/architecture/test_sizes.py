"""Nothing grows beyond what one can hold in mind: a breach means a noun is waiting to be split off."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import text_of, written

FUNCTION, CONSUMER, MODULE, PAGE = 60, 60, 400, 150
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _lines(text: str) -> int:
    return len(text.splitlines())


def _definitions() -> Iterator[tuple[Path, Definition]]:
    for path in written(".py"):
        for node in ast.walk(ast.parse(text_of(path))):
            if isinstance(node, Definition):
                yield path, node


def _height(node: Definition) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_stay_within_sixty_lines() -> None:
    too_long = [
        f"{path}:{node.lineno} {node.name}: {_height(node)} lines"
        for path, node in _definitions()
        if not isinstance(node, ast.ClassDef) and _height(node) > FUNCTION
    ]
    assert too_long == []


def test_consumers_stay_within_sixty_lines() -> None:
    too_long = [
        f"{path}:{node.lineno} {node.name}: {_height(node)} lines"
        for path, node in _definitions()
        if isinstance(node, ast.ClassDef) and node.name.endswith("Consumer") and _height(node) > CONSUMER
    ]
    assert too_long == []


def test_modules_and_style_sheets_stay_within_four_hundred_lines() -> None:
    lines = {str(path): _lines(text_of(path)) for path in written(".py", ".css")}
    assert {path: count for path, count in lines.items() if count > MODULE} == {}


def test_templates_and_scripts_stay_within_a_hundred_and_fifty_lines() -> None:
    lines = {str(path): _lines(text_of(path)) for path in written(".html", ".js")}
    assert {path: count for path, count in lines.items() if count > PAGE} == {}
