"""Whole processes measured in turn, by processor time: a busy machine makes others wait, not work."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def interleaved(variants: Mapping[str, Sequence[str]], runs: int) -> dict[str, tuple[float, int]]:
    """Median seconds of processor time and largest resident size in KiB of each command, all run in turn.

    The first round warms the caches and is thrown away.
    """
    seconds: dict[str, list[float]] = {name: [] for name in variants}
    peak = dict.fromkeys(variants, 0)
    for turn in range(runs + 1):
        for name, command in variants.items():
            took, resident = _once(command)
            if turn:
                seconds[name].append(took)
                peak[name] = max(peak[name], resident)
    return {name: (statistics.median(values), peak[name]) for name, values in seconds.items()}


def _once(command: Sequence[str]) -> tuple[float, int]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    error = process.stderr.read() if process.stderr else b""
    if process.stderr:
        process.stderr.close()
    if process.returncode not in {0, 1}:
        raise SystemExit(f"{command}: {process.returncode}\n{error.decode(errors='replace')}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def machine() -> str:
    """One line on the machine and the versions that matter."""
    with Path("/proc/cpuinfo").open(encoding="utf-8") as file:
        cpu = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), "?")
    names = ("typer", "sqlite-utils", "openpyxl", "python-calamine", "docxtpl", "beancount")
    held = []
    for name in names:
        try:
            held.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            held.append(f"{name} —")
    return f"{os.cpu_count()} × {cpu}, Python {platform.python_version()}, {', '.join(held)}"
