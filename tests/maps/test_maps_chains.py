"""The chains map: who is drawn, what is counted, and that every name on it can be read."""

from __future__ import annotations

import io
import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from PIL import Image
from strategies import book_of, names

from refgraph import Book, chains
from refgraph.errors import OptionError, RefgraphError, UnknownPersonError
from refgraph.maps import chains as drawing
from refgraph.maps import choice, quality
from refgraph.maps.html import content
from refgraph.maps.kinds.chains.data import Chains
from refgraph.maps.layout.shelf_packing import shelved
from refgraph.maps.scenes import theme

NONE = ["names_overlapping", "names_on_discs", "captions_overlapping", "off_page", "crossings"]
NONE += ["discs_overlapping", "names_crossed", "ties_over_discs", "heads_hidden"]
DAY = date(2025, 1, 1)


def of(links, *, me="Me", people=(), **more):
    """Make a book of (giver, prospect[, currency, value]), a day apart; all referred to Zed."""
    rows = []
    for k, (giver, prospect, *won) in enumerate(links):
        sold = {"status": "won", "currency": won[0], "value": won[1]} if won else {}
        rows.append((DAY + timedelta(k), giver, "Zed", 1, {"prospect": prospect, **sold}))
    known = dict.fromkeys(giver for giver, *_ in links)
    listed = {each["person"]: each for each in people}
    everybody = [listed.get(name, {"person": name}) for name in [*known, *listed]]
    everybody = list({each["person"]: each for each in everybody}.values())
    if me is not None and me not in known:
        everybody.append({"person": me})
    return book_of(rows, me=me, people=everybody, **more)


def goals(scene):
    figures = quality.evaluate(scene)
    assert {
        name: figures[name] or 0 for name in NONE if figures["ties"] or name != "crossings"
    } == ({name: 0 for name in NONE if figures["ties"] or name != "crossings"})
    assert figures["names"] == figures["people"]
    assert not figures["people"] or figures["name_px"] >= 12
    assert figures["caption_px"] >= 10.5
    return figures


def said(scene):
    return [text["text"] for text in scene.captions]


def pixels(scene):
    return np.asarray(Image.open(io.BytesIO(scene.to_bytes("png"))).convert("RGB"))


def lit(scene):
    """Give whose names lie on the ground of who is marked, as the picture shows."""
    seen = pixels(scene)
    middles = {
        each["node"]: (round((each["box"][1] + each["box"][3]) / 2), round(each["box"][0]) - 2)
        for each in scene.labels
    }
    return {person for person, at in middles.items() if to_hex(seen[at] / 255) == theme.LIT}


SMALL = [
    ("Ann", "Bo", "EUR", 100),
    ("Ann", "Cy"),
    ("Bo", "Di", "EUR", 50),
    ("Di", "Eve", "USD", 7),
    ("Me", "Flo", "EUR", 1000),
    ("Gus", "Hal"),
]


def test_the_small_forest_by_hand():
    scene = drawing.draw(of(SMALL))
    assert scene.title == (
        "Ann started most: 4 people, 3 of them clients; the longest chain has 3 steps"
    )
    as_many = drawing.draw(of([*SMALL, *(("Me", f"R{k}") for k in range(3))]))
    assert as_many.title.startswith("Besides you, Ann started most: 4 people")
    assert scene.subtitle.startswith("whole record, as of 2026-06-30  ·  2 chains drawn: 5 people")
    assert scene.subtitle.endswith("started by you: 1 person, not drawn")
    assert {(edge["u"], edge["v"]) for edge in scene.edges} == {
        ("Ann", "Bo"), ("Ann", "Cy"), ("Bo", "Di"), ("Di", "Eve"), ("Gus", "Hal"),
    }  # fmt: skip
    x = {name: disc[0] for name, disc in scene.nodes.items()}
    assert x["Ann"] < x["Bo"] == x["Cy"] < x["Di"] < x["Eve"]
    texts = said(scene)
    assert {"EUR 100", "EUR 50", "USD 7", "4 people, 3 clients"} <= set(texts)
    assert "won EUR 150; USD 7" in texts
    assert "1 person" in texts  # below Gus
    assert not any("157" in text or "1,000" in text for text in texts)
    goals(scene)


def test_a_small_mark_is_a_prospect_who_is_nobody_else():
    scene = drawing.draw(of(SMALL))
    r = {name: disc[2] for name, disc in scene.nodes.items()}
    assert r["Cy"] == r["Hal"] == r["Eve"] < r["Bo"] < r["Ann"]
    picture = pixels(scene)
    for name, face in (("Cy", theme.PAPER), ("Bo", theme.PLAIN[1])):
        x, y, _ = scene.nodes[name]
        assert to_hex(picture[round(y), round(x)] / 255) == face
    x, y, radius = scene.nodes["Eve"]  # won
    rim = picture[round(y), round(x - radius) : round(x)].astype(int)
    wanted = [int(theme.ROLES["client"][1][k : k + 2], 16) for k in (1, 3, 5)]
    assert np.abs(rim - wanted).sum(axis=1).min() < 60


def test_the_way_to_the_best_client_is_marked_in_each_currency():
    scene = drawing.draw(of(SMALL))
    assert "to the client worth most of those drawn, in EUR and USD" in said(scene)
    picture = pixels(scene)
    wanted = [int(theme.BETWEEN[k : k + 2], 16) for k in (1, 3, 5)]
    for edge in scene.edges:
        x, y = edge["poly"][-1][0] - 3, edge["poly"][-1][1]
        near = picture[round(y) - 2 : round(y) + 3, round(x)].astype(int)
        strong = np.abs(near - wanted).sum(axis=1).min() < 40
        assert strong == ((edge["u"], edge["v"]) in {("Ann", "Bo"), ("Bo", "Di"), ("Di", "Eve")})
    assert Chains(of(SMALL), "first").best([0]) == {"EUR": 1, "USD": 4}  # Ann: Bo, Eve


def test_of_clients_worth_the_same_none_is_marked_as_worth_most():
    level = [("Ann", "Bo", "EUR", 900), ("Ann", "Cy", "EUR", 900)]
    assert "worth most" not in " ".join(said(drawing.draw(of(level))))
    assert Chains(of(level), "first").best([0]) == {}


def test_without_values_the_longest_chain_is_marked():
    scene = drawing.draw(of([row[:2] for row in SMALL]))
    assert "the longest chain" in said(scene)
    assert not any("won" in text or "Beside a name" in text for text in said(scene))
    short = drawing.draw(of([("Ann", "Bo"), ("Ann", "Cy")]))
    assert short.title == "Ann started the only chain: 2 people; it has 1 step"
    assert "the longest chain" not in said(short)


def test_one_person_marked():
    scene = drawing.draw(of(SMALL), highlight="di")
    assert {"Di", "to them, and on from them"} <= set(said(scene))
    assert lit(scene) == {"Di"}
    # somebody in my own chain, or in one too small to be drawn
    book = of([*SMALL, ("Flo", "Ian"), *((f"P{k}", f"Q{k}") for k in range(4))])
    assert "Flo" in drawing.draw(book, highlight="Flo").nodes
    last = drawing.draw(book, top=1, highlight="P3")
    assert list(last.nodes) == ["P3", "Q3"]
    with pytest.raises(RefgraphError, match="Zed is in no chain, so there is nothing to mark"):
        drawing.draw(book, highlight="Zed")
    with pytest.raises(UnknownPersonError):
        drawing.draw(book, highlight="Nobody At All")


def test_who_started_most_is_marked_where_nobody_else_is():
    book = of([*SMALL, *((f"P{k}", f"Q{k}") for k in range(4))])
    scene = drawing.draw(book)
    assert scene.title.startswith("Ann started most")
    assert lit(scene) == {"Ann"}
    assert "started most" in said(scene)
    equal = drawing.draw(of([("Ann", "Bo"), ("Cy", "Di")]))
    assert not lit(equal)
    assert "started most" not in said(equal)


def test_my_own_chain_is_drawn_if_asked_for_or_if_there_is_no_other():
    scene = drawing.draw(of(SMALL), with_me=True)
    assert "Flo" in scene.nodes
    assert "You" in {label["text"] for label in scene.labels}
    assert "started by you" not in scene.subtitle
    assert scene.title.startswith("Ann started most: 4 people")
    alone = drawing.draw(of([("Me", "Flo"), ("Me", "Gil")]))
    assert alone.title == "You started the only chain: 2 people; it has 1 step"
    assert len(alone.nodes) == 3


def test_touch_chooses_who_brought_somebody():
    rows = [("Ann", "Cy"), ("Bo", "Cy")]
    assert "Ann" in drawing.draw(of(rows)).nodes
    assert "Bo" in drawing.draw(of(rows), touch="last").nodes
    with pytest.raises(OptionError, match="touch is"):
        drawing.draw(of(rows), touch="middle")


def everybody(bough):
    for each in bough.all():
        yield (each.person >= 0) or each.others


@pytest.mark.parametrize("levels", [3, 5, 9])
@pytest.mark.parametrize("few", [1, 10])
def test_those_drawn_and_those_counted_are_all_of_the_chain(adviser, levels, few):
    found = Chains(adviser, "first")
    table = chains.by_root(adviser)
    for root in found.roots:
        ends = list(found.best([root]).values())
        bough = found.drawn(root, levels, ends, -1, few)
        drawn = list(bough.all())
        assert sum(everybody(bough)) == found.tree.descendants[root] + 1
        rows = table[table["root"] == found.tree.names[root]]
        assert found.below(root)[1] == rows["clients"].iloc[0]
        for currency, value in zip(rows["currency"], rows["won_value"], strict=True):
            below = [each.money[currency] for each in drawn if currency in each.money]
            own = found.money[root].get(currency, 0)
            assert (sum(below) - own or None) == value
        people = [each.person for each in drawn if each.person >= 0]
        assert len(set(people)) == len(people)
        assert set(ends) <= set(people) or levels == 3
        assert max(each.column for each in drawn) <= levels
        for each in drawn:
            for child in each.children:
                if each.person >= 0 and child.person >= 0:
                    assert found.tree.parent[child.person] == each.person


@pytest.mark.parametrize(
    ("name", "size"),
    [("adviser", (1600, None)), ("adviser", (1200, None)), ("chapter", (1300, 640))],
)
def test_the_sample_books_meet_every_goal(name, size, request):
    book = request.getfixturevalue(name)
    scene = drawing.draw(book, width=size[0], height=size[1])
    goals(scene)
    parent = chains.by_person(book)["parent"]
    assert all(parent[edge["v"]] == edge["u"] for edge in scene.edges)
    assert (size[1] or scene.H) == scene.H
    assert "not drawn" in scene.subtitle


def test_three_hundred_below_one_person():
    links = [("Ann", f"Person {k:03d}") for k in range(300)]
    links += [(f"Person {k:03d}", f"Late {k}") for k in range(150)]
    scene = drawing.draw(of(links))
    assert "and 427 others" in said(scene)
    assert len(scene.nodes) == 24
    assert scene.H < 700
    goals(scene)


def test_a_chain_of_forty_shows_its_beginning_and_its_end():
    links = [(f"P{k:02d}", f"P{k + 1:02d}") for k in range(40)]
    book = of([*links, ("P05", "Side")], people=[{"person": "P40"}])
    scene = drawing.draw(book)
    assert {"P00", "P01", "P39", "P40"} <= set(scene.nodes)
    (gap,) = [text for text in said(scene) if "between" in text]
    between = int(gap.split()[0])
    assert gap.endswith(f"{between} between, 1 beside them")
    assert between + len(scene.nodes) == 41
    assert all(int(e["v"][1:]) == int(e["u"][1:]) + 1 for e in scene.edges)
    goals(scene)
    middle = drawing.draw(book, highlight="P20")
    assert "P20" in middle.nodes
    goals(middle)


def test_a_page_that_is_too_small_is_a_sentence(adviser):
    low = drawing.draw(adviser, height=520)
    assert low.H == 520
    assert len(low.nodes) < len(drawing.draw(adviser).nodes)
    with pytest.raises(RefgraphError, match="250 pixels high has no room"):
        drawing.draw(adviser, height=250)
    with pytest.raises(RefgraphError, match="no room for names"):
        drawing.draw(adviser, width=400)


def test_no_chain_is_a_page_with_a_hint():
    for book in (book_of([(DAY, "Ann", "Bo", 1)]), book_of([]), of([], people=[{"person": "A"}])):
        scene = drawing.draw(book)
        assert scene.title == "No chain is known yet"
        assert any("column prospect" in text for text in said(scene))
        assert not scene.nodes


def test_what_is_not_known_is_counted():
    rows = [(DAY, "Ann", "Zed", 1, {"prospect": "Cy"}), (DAY, "Bo", "Zed", 1, {"prospect": "Cy"})]
    rows += [(DAY, "Ann", "Zed", 1, {"prospect": "Di"})]
    scene = drawing.draw(book_of(rows).window(since="2025-06-01"))
    assert "whole record, whatever the window" in scene.subtitle
    assert "2 referrals do not say who brought whom" in scene.subtitle


def test_in_health_nothing_is_told_of_prospects(tmp_path):
    (tmp_path / "referrals.csv").write_text(
        "date,giver,receiver,prospect,status,value,currency\n"
        "2026-01-01,Ann,Zed,Bo,won,500,EUR\n2026-01-02,Bo,Zed,Cy,won,800,EUR\n"
    )
    (tmp_path / "refgraph.toml").write_text('profile = "health"\ntoday = "2026-06-30"\n')
    with pytest.raises(RefgraphError, match="health"):
        drawing.draw(Book.read(tmp_path))


def test_incognito_and_every_option_on_the_command_line(run, tmp_path):
    target, scene = tmp_path / "c.png", tmp_path / "c.json"
    words = ["data/adviser", "-o", target, "--scene", scene, "--incognito", "--top", 2]
    result = run("map", "chains", *words, "--touch", "last", "--with-me", "--highlight", "Rosa")
    assert "Prospects" not in result.stdout
    assert "prospects who are nobody else in the book are hidden" in result.stderr
    text = scene.read_text(encoding="utf-8")
    assert not any(word in text for word in ("Rosa", "EUR", "USD"))
    assert target.stat().st_size > 10_000
    assert (
        "--touch belongs to the map chains"
        in run("map", "owed", "data/adviser", "--touch", "last", status=2).stderr
    )


def test_the_scene_is_the_same_whatever_the_order_of_the_rows(tmp_path):
    links = [*SMALL, *((f"P{k}", f"Q{k}") for k in range(9)), *(("Gus", f"R{k}") for k in range(9))]
    head = "date,giver,receiver,prospect,status,value,currency"
    lines = []
    for k, (giver, prospect, *won) in enumerate(links):
        money = f"won,{won[1]},{won[0]}" if won else "given,,"
        lines.append(f"{DAY + timedelta(k)},{giver},Zed,{prospect},{money}")
    found = set()
    for turn in range(3):
        random.Random(turn).shuffle(lines)  # noqa: S311  a shuffle, not a secret
        (tmp_path / "referrals.csv").write_text("\n".join([head, *lines, ""]))
        (tmp_path / "refgraph.toml").write_text('today = "2026-06-30"\n')
        found.add(drawing.draw(Book.read(tmp_path)).to_json())
    assert len(found) == 1


def test_the_page_tells_who_brought_whom(adviser):
    scene = drawing.draw(adviser)
    told = content(scene)
    parent = chains.by_person(adviser)["parent"]
    assert told["brought"] is True
    who = [each[0] for each in told["people"]]
    assert all(parent[who[v]] == who[u] for u, v, *_ in told["ties"])
    assert {(e["u"], e["v"]) for e in scene.edges} <= {
        (who[u], who[v]) for u, v, *_ in told["ties"]
    }
    assert not any(each[6] for each in told["people"] if len(each) > 1)  # nobody's standing


def test_a_review_draws_chains_of_three():
    assert "chains" in choice.telling(of(SMALL))
    assert "chains" not in choice.telling(of([("Ann", "Bo"), ("Ann", "Cy"), ("Me", "Ann")]))
    assert "chains" not in choice.telling(of([("Me", "Ann"), ("Ann", "Bo")]))  # mine alone


def test_equal_starters_are_named_or_counted():
    two = drawing.draw(of([("Ann", "Bo"), ("Cy", "Di")]))
    assert two.title == "Ann and Cy started most, 1 person each; every chain ends after 1 step"
    many = drawing.draw(of([(f"A{k}", f"B{k}") for k in range(4)]), top=3)
    assert many.title == "4 people started most, 1 person each; every chain ends after 1 step"
    assert "1 smaller chain, 1 person, not drawn" in many.subtitle


def test_awkward_names_stay_different():
    odd = ["Cash $$ Money", r"$\frac{1}{2}$", "ann", "Ann", "N" * 80, "N" * 79 + "M", "NA", "007"]
    odd += ["محمد علي", "דוד כהן", "<b>Bo</b>", "=1+1", "Zoë O’Connor-Smith"]
    links = [("Root", name, "EUR", 10**k) for k, name in enumerate(odd)]
    links += [(name, f"{name} too") for name in odd]
    scene = drawing.draw(of(links, people=[{"person": name} for name in odd]))
    goals(scene)
    texts = [label["text"] for label in scene.labels]
    assert len(set(texts)) == len(texts)
    assert any("…" in text for text in texts)


@given(
    st.lists(st.tuples(st.integers(1, 200), st.integers(2, 200), st.integers(0, 40)), max_size=16),
    st.lists(names(), min_size=1, max_size=4, unique=True),
    st.integers(1, 5),
)
@settings(max_examples=5)
def test_no_record_breaks_the_map(rows, some, top):
    def name(k):
        return some[k] if k < len(some) else f"{k:03d} {some[k % len(some)]}"

    links = [(name(a % b), name(b), *(("EUR", worth) if worth % 2 else ())) for a, b, worth in rows]
    links = [row for row in links if "Zed" not in row[:2]]
    scene = drawing.draw(of(links), top=top)
    goals(scene)


def test_shelves_never_overlap_and_stay_on_the_page():
    draw = np.random.default_rng(0)
    for _ in range(30):
        sizes = [(float(w), float(h)) for w, h in draw.integers(5, 60, (12, 2))]
        at, high = shelved(sizes, 100.0, 4.0, 3.0)
        boxes = np.array([[x, y, x + w, y + h] for (x, y), (w, h) in zip(at, sizes, strict=True)])
        assert not quality.overlapping(boxes, pad=0).any()
        assert boxes[:, 2].max() <= 100
        assert boxes[:, 3].max() == high
