"""Papers as LibreOffice sets them: those of all tests at once, since its start takes the longest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="session")
def set_by_office(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, dict[str, list[list[str]]]]:
    """Whose papers -> name of a paper -> the lines of each page."""
    from tests.report import test_blank_papers, test_duty_pages, test_layout

    folder = tmp_path_factory.mktemp("office")
    papers = {
        "layout": test_layout.papers_to_set(),
        "blank": test_blank_papers.papers_to_set(),
        "duties": test_duty_pages.papers_to_set(test_duty_pages.founded(folder / "zhibu.db")),
    }
    pages = test_layout.all_pages(
        {f"{whose} {name}": data for whose, own in papers.items() for name, data in own.items()}, folder
    )
    return {whose: {name: pages[f"{whose} {name}"] for name in own} for whose, own in papers.items()}
