"""Errors that reach the user: what happened, what to do, and the exit code.

Every situation has one class and one code (10 to 19, listed in the user guide). The message and the
hint are Chinese, because they are shown as they stand: ``错误：…`` and ``提示：…``.
"""

from __future__ import annotations

import errno


class ZhibuError(Exception):
    """Base of all errors that are told to the user in two lines."""

    exit_code = 10

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep the message and the hint; both are complete Chinese sentences."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class LedgerNotFoundError(ZhibuError):
    """No ledger file where one was looked for."""

    exit_code = 10


class LedgerFormatError(ZhibuError):
    """The file is no ledger, is damaged, or was written by a newer program."""

    exit_code = 11


class InputError(ZhibuError):
    """Values given on the command line or at a prompt cannot be taken."""

    exit_code = 12


class ImportRefusedError(ZhibuError):
    """A file to be imported has problems; nothing was written. The message lists every one."""

    exit_code = 13


class NotFoundError(ZhibuError):
    """No record, member, group, rule or finding of that name."""

    exit_code = 14


class ExistsError(ZhibuError):
    """A file or row is there already and would have been overwritten."""

    exit_code = 15


class ClassifiedError(ZhibuError):
    """A text or file name bears a classification mark; it is refused unsaved."""

    exit_code = 16


class PackError(ZhibuError):
    """A rule pack cannot be used; the message lists every problem with file and key."""

    exit_code = 17


class PaperError(ZhibuError):
    """A paper cannot be made: a broken template, a blank left under ``--final``."""

    exit_code = 18


class LedgerBusyError(ZhibuError):
    """Another program holds the ledger, or its folder cannot be written."""

    exit_code = 19


_TROUBLE = {
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "超过了磁盘配额",
    errno.EFBIG: "文件太大",
    errno.EIO: "设备出错",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕成了圈",
}


def disk_trouble(error: OSError) -> str:
    """Why the system would not read or write, in Chinese; its own text would be English."""
    return _TROUBLE.get(error.errno or 0, f"系统错误 {error.errno}")
