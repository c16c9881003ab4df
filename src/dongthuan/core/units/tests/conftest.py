from __future__ import annotations

import pytest

from dongthuan.core.units.demo import demo_units_load
from dongthuan.core.units.importer import units_import


@pytest.fixture
def viet_nam(db: None) -> None:
    units_import()


@pytest.fixture
def quang_ngai(db: None) -> None:
    units_import(province="51")


@pytest.fixture
def duc_pho(db: None) -> None:
    demo_units_load(everywhere=False)
