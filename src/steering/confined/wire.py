"""What goes between the server and a child: frames of one kind each, and values within them.

Requests come from the server and are trusted. Answers are not: the child has worked on what a stranger sent.
So an answer is unpickled without calling anything but the constructors of plain values and of this program's
own types; a name that leads anywhere else is refused.
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import IO, Any

_HEAD = struct.Struct(">cQ")
LARGEST = 1_000_000_000
REQUEST, PROGRESS, RESULT, REFUSED, MEMORY = b"J", b"P", b"R", b"X", b"M"
LAST = b"L"
"""Before an answer: the child does not want to be asked again."""
_OURS = "steering."
_PLAIN = {
    ("builtins", "complex"), ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "range"),
    ("builtins", "bytearray"), ("builtins", "slice"), ("collections", "OrderedDict"),
    ("collections", "Counter"), ("collections", "defaultdict"), ("builtins", "list"), ("builtins", "dict"),
    ("builtins", "int"), ("builtins", "str"),
    ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
    ("datetime", "timezone"), ("decimal", "Decimal"), ("fractions", "Fraction"),
    ("numpy", "dtype"), ("numpy._core.multiarray", "scalar"),
}  # fmt: skip


class Untrusted(Exception):
    """An answer that is none: cut off, endless, or made of something else than values."""


def pack(value: Any) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpack_request(content: bytes) -> Any:
    """What the server asks; only a child calls this, on what its own server sent."""
    return pickle.loads(content)  # noqa: S301


def unpack_answer(content: bytes) -> Any:
    """What a child answers; raises Untrusted for everything but values."""
    try:
        return _Values(io.BytesIO(content)).load()
    except (
        pickle.UnpicklingError,
        EOFError,
        ValueError,
        TypeError,
        AttributeError,
        ImportError,
        LookupError,
    ):
        raise Untrusted from None


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith(_OURS) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__.startswith(_OURS):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


def send(stream: IO[bytes], kind: bytes, content: bytes = b"") -> None:
    """Write one frame."""
    stream.write(_HEAD.pack(kind, len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """The next frame; None where the other side has gone. Raises Untrusted for an endless one."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    kind, size = _HEAD.unpack(head)
    if size > LARGEST:
        raise Untrusted
    content = stream.read(size)
    return (kind, content) if len(content) == size else None
