"""A review as its HTML says it: parts, texts, tables and drawings, read by a parser of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "br", "img", "hr", "input", "link"}
NUMBER = re.compile(r"(?<![\w.])[+-]?\d[\d,]*(?:\.\d+)?%?")


@dataclass
class Element:
    tag: str
    attributes: dict
    children: list = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags):
        return [each for each in self.walk() if each.tag in tags]

    def outside(self, *tags):
        """Give a copy without what is inside such elements."""
        kept = [
            child if isinstance(child, str) else child.outside(*tags)
            for child in self.children
            if isinstance(child, str) or child.tag not in tags
        ]
        return Element(self.tag, self.attributes, kept)

    def text(self, *without):
        parts = [
            child if isinstance(child, str) else child.text(*without)
            for child in self.children
            if isinstance(child, str) or child.tag not in without
        ]
        return "".join(parts)

    def words(self, *without):
        return " ".join(self.text(*without).split())


class Reader(HTMLParser):
    """A strict reader: what is opened is closed, in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(text)
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        element = Element(tag, dict(attrs))
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.open[-1].children.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop().tag == tag

    def handle_data(self, data):
        self.open[-1].children.append(data)


def read(text):
    return Reader(text).root


def parts(root):
    """Give the sections of the page by their id."""
    return {each.attributes["id"]: each for each in root.all("section")}


def tables(part):
    """Give each table as its columns and its rows of cells."""
    for table in part.all("table"):
        columns = [
            th.attributes.get("data-column")
            for th in table.all("th")
            if th.attributes["scope"] == "col"
        ]
        rows = [
            [cell.words() for cell in row.all("th", "td")]
            for row in table.all("tbody")[0].all("tr")
        ]
        yield columns, rows


def numbers(text):
    """Give the numbers of a text as they are written; those of names and days too."""
    return NUMBER.findall(text)
