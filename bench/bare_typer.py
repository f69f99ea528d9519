"""A bare Typer application of one command: what the start of any Typer program costs."""

from __future__ import annotations

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def main(version: bool = False) -> None:
    """Print a version."""
    if version:
        print("0.1.0")


if __name__ == "__main__":
    app()
