"""Registers without a sheet, kept by the program about the others: 附件 and 同一人."""

from __future__ import annotations

from zhibu_cli.model.declare import Field, FieldType, Register, Term

ATTACHMENT_KINDS = (
    Term(code="sign_in", label="签到表", aliases=("签到", "签到册")),
    Term(code="photo", label="照片", aliases=("图片", "相片")),
    Term(code="courseware", label="课件", aliases=("讲稿", "党课课件")),
    Term(code="notice", label="通知", aliases=("会议通知",)),
    Term(code="other", label="其他"),
)

ATTACHMENT = Register(
    name="attachment",
    title="附件",
    prefix="Y",
    identity=("record", "sha256"),
    fields=(
        Field(name="record", label="所属记录", option="-", computed=True),
        Field(name="name", label="文件名", option="-", computed=True),
        Field(name="kind", label="类别", type=FieldType.CHOICE, terms=ATTACHMENT_KINDS, required=True, help="签到表、照片、课件、通知或其他。"),
        Field(name="size", label="大小（字节）", type=FieldType.COUNT, option="-", computed=True),
        Field(name="sha256", label="校验值（SHA-256）", option="-", computed=True),
        Field(name="taken_at", label="拍摄时间", type=FieldType.MOMENT, option="-", computed=True),
        Field(name="file", label="存放的文件", option="-", computed=True),
    ),
)  # fmt: skip
"""A file kept beside the ledger: what it was called, what is in it, where the copy lies."""

SAME_PERSON = Register(
    name="same_person",
    title="同一人",
    prefix="Z",
    identity=("old",),
    fields=(
        Field(name="member", label="姓名", type=FieldType.PERSON, option="-", computed=True),
        Field(name="old", label="并入的编号", option="-", computed=True),
        Field(name="name", label="并入的姓名", option="-", computed=True),
    ),
)
"""A member entered twice: from then on every reference to ``old`` is read as one to ``member``."""

BESIDE = (ATTACHMENT, SAME_PERSON)
