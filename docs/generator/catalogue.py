"""Every message about a bad file, beside the smallest file that earns it."""

from __future__ import annotations

from pathlib import Path

__all__ = ["catalogue"]

CASES = Path(__file__).parents[2] / "tests" / "errors" / "cases"


def catalogue() -> str:
    """Give the cases of tests/errors as one text to read."""
    parts = []
    for text in sorted(CASES.glob("*.txt")):
        parts.append(f"## {text.stem}\n")
        files = [*CASES.glob(f"{text.stem}.*"), *(CASES / text.stem).glob("*")]
        for path in sorted(path for path in files if path.is_file() and path != text):
            parts += _shown(path)
        parts.append(f"```text\n{_short(text.read_text(encoding='utf-8'))}```\n")
    return "\n".join(parts).rstrip("\n")


def _shown(path: Path) -> list[str]:
    raw = path.read_bytes()
    name = path.relative_to(CASES)
    if len(raw) > 400:
        return [f"`{name}`: {len(raw):,} bytes\n"]
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return [f"`{name}`: {raw!r}\n"]
    if not text.replace("\n", "").isprintable():
        return [f"`{name}`: {text!r}\n"]
    end = "" if text.endswith("\n") or not text else "  (no newline at the end)\n"
    return [f"`{name}`\n\n```text\n{text}{end}```\n"] if text else [f"`{name}`: empty\n"]


def _short(text: str) -> str:
    return "\n".join(f"{line[:200]}…" if len(line) > 200 else line for line in text.split("\n"))
