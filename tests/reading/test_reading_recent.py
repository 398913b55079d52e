"""Who has not been heard of for longer than their cadence is told, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from refgraph import reading
from refgraph.reading import ReadOptions
from refgraph.reading.checks.pages import Pages
from refgraph.reading.checks.recent import recent

HEARD = """date,giver,receiver
2026-05-30,Ann,Me
,Bo,Me
2026-05-29,Me,Cy
2026-06-29,Di,Ed
2025-06-29,Ed,Me
"""
WHO = "person,cadence,role\nAnn,monthly,\nBo,monthly,\nCy,monthly,\nDi,quarterly,\nEd,yearly,\n"
WHO += "Me,monthly,\nFay,none,\nGus,,client\nHal,,vendor\n"
TOUCHES = "date,person,kind\n2026-03-29,Di,call\n2026-06-29,Cy,mention\n2026-05-29,Gus,call\n"


@pytest.mark.parametrize(
    ("me", "silent"),
    [
        ("Me", {"Bo": None, "Cy": 32, "Di": 93, "Gus": 32}),
        # without a me any referral is a contact
        (None, {"Bo": None, "Cy": 32, "Gus": 32}),
    ],
)
def test_a_cadence_is_kept_to_the_day(me, silent, tmp_path):
    """Nothing is said of 31 days and of 366; a mention is no contact, a vendor has no cadence."""
    for name, text in (("referrals", HEARD), ("people", WHO), ("touches", TOUCHES)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "refgraph.toml").write_text('[cadence]\nclient = "monthly"\n', encoding="utf-8")
    options = ReadOptions(today=date(2026, 6, 30), me=me)
    told = [each.message for each in recent(reading.read(tmp_path, options), Pages(options))]
    assert [message.split("'")[1] for message in told] == [*silent]
    assert "no touch and no referral with 'Bo' has a date; their cadence is monthly" in told
    silences = {message.split("'")[1]: message for message in told}
    for name, days in silent.items():
        if days:
            day = date(2026, 6, 30) - timedelta(days)
            assert f" was {days} days ago, on {day}; " in silences[name]
