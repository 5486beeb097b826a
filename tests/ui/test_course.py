"""The course: only pages that exist appear, in course order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ui import course


def test_urls_are_plain_and_differ() -> None:
    urls = [page.url for page in course.COURSE]
    assert len(set(urls)) == len(urls)
    assert all(re.fullmatch("[a-z0-9]+", url) for url in urls)


def test_only_built_pages_appear_in_course_order(monkeypatch: pytest.MonkeyPatch) -> None:
    unbuilt = replace(course.COURSE[0], url="unbuilt")
    built = [page.url for page in course.built_pages()]
    monkeypatch.setattr(course, "COURSE", (unbuilt, *course.COURSE, replace(unbuilt, url="last")))
    assert [page.url for page in course.built_pages()] == built
    assert [page.url for pages in course.sections().values() for page in pages] == built
    assert course.find("unbuilt") is None


def test_the_next_page_is_the_one_that_follows() -> None:
    chain, page = [], course.after(course.HOME.url)
    while page is not None:
        chain.append(page)
        page = course.after(page.url)
    assert chain == course.built_pages()


def test_an_unknown_page_is_not_found_and_has_no_next() -> None:
    assert course.find("nothing") is None
    assert course.after("nothing") is None
