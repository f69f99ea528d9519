"""The catalogue of the program: every register and kind, in the order of the workbook."""

from __future__ import annotations

from zhibu_cli.model.beside_sheets import BESIDE
from zhibu_cli.model.declare import Catalogue
from zhibu_cli.model.life_sheets import LIFE_KINDS, LIFE_REGISTERS
from zhibu_cli.model.people_sheets import PEOPLE_KINDS, PEOPLE_REGISTERS
from zhibu_cli.model.work_sheets import WORK_KINDS, WORK_REGISTERS

CATALOGUE = Catalogue(
    registers=PEOPLE_REGISTERS + LIFE_REGISTERS + WORK_REGISTERS,
    kinds=LIFE_KINDS + WORK_KINDS + PEOPLE_KINDS,
    beside=BESIDE,
)
