"""Where verdicts of earlier runs are kept, in tests."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class InMemory:
    """A shelf that counts."""

    data: dict[str, bytes] = field(default_factory=dict)
    found: int = 0

    def get(self, name: str) -> bytes | None:
        self.found += name in self.data
        return self.data.get(name)

    def put(self, name: str, data: bytes) -> None:
        self.data[name] = data
