"""The examples in the docs and docstrings of this layer are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import dynreports.semantics

DOCS = Path(__file__).parents[2] / "docs"
MODULES = [each.name for each in pkgutil.iter_modules(dynreports.semantics.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_docstrings(name):
    module = importlib.import_module(f"dynreports.semantics.{name}")
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("name", ["data.md", "semantics.md"])
def test_docs(name):
    results = doctest.testfile(str(DOCS / name), module_relative=False)
    assert results.attempted
    assert results.failed == 0
