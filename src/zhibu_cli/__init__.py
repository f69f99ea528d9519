"""zhibu: the ledger of a Party branch, checked against the articles it rests on."""

__version__ = "0.1.0"
