"""Registers of clinics, lawyers and realtors, counts of pairs, and refgraph's own table."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from intake_files import File, written
from intake_shapes import one_way, shape, with_outcomes
from intake_tongues import TONGUES
from intake_truth import Fact, Name, Table, world_of

if TYPE_CHECKING:
    import random


@shape("clinic's register: referring doctor")
def _clinic(chance: random.Random) -> File:
    doctors = (
        "Referring Physician",
        "Referring Doctor",
        "Referring Provider",
        "Referred By",
        "Referred By (Provider Name)",
        "GP",
        "Ref. Doctor",
    )
    return one_way(
        chance,
        "received",
        doctors[: 5 if chance.random() < 0.8 else 7],
        ("Patient", "Patient Name", "Patient Name/ID"),
        title="Dr. ",
    )


@shape("clinic's log of patients sent")
def _clinic_sent(chance: random.Random) -> File:
    doctors = (
        "Referred To (Provider Name)",
        "Specialist",
        "Referred To",
        "Specialist Name",
        "Referral To",
        "Sent To",
    )
    return one_way(
        chance, "given", doctors, ("Patient", "Patient Name", "Patient ID"), title="Dr. "
    )


@shape("patients: referred by and referred to")
def _patients(chance: random.Random) -> File:
    w = world_of(chance, group=True, title="Dr. ")
    columns = {
        "reg_no": [str(chance.randrange(100, 9999)) for _ in w.facts],
        chance.choice(("date", "visit_date", "ref_date")): [fact.day for fact in w.facts],
        chance.choice(("patient", "patient_name")): [fact.prospect for fact in w.facts],
        "age": [str(chance.randrange(18, 90)) for _ in w.facts],
        "gender": [w.pick("F", "M") for _ in w.facts],
        "referred_by": [Name(fact.giver) for fact in w.facts],
        "referred_to": [Name(fact.receiver) for fact in w.facts],
        "chief_complaints": [w.pick("pain", "rash", "fever, cough") for _ in w.facts],
    }
    return written(w, Table(columns, w.facts, ("day", "prospect"), None))


@shape("lawyer's sheet of matters received")
def _lawyer_in(chance: random.Random) -> File:
    headers = (
        "Referring Attorney",
        "Referring Lawyer",
        "Referral Source",
        "Originating Attorney",
        "Referred By",
    )
    return one_way(
        chance, "received", headers, ("Client", "Matter", "Client/Matter", "Client Name")
    )


@shape("lawyer's sheet of matters sent")
def _lawyer_out(chance: random.Random) -> File:
    headers = (
        "Referred To",
        "Receiving Attorney",
        "Attorney Referred To",
        "Receiving Lawyer",
        "Outside Counsel",
    )
    return one_way(
        chance, "given", headers, ("Client", "Matter", "Client Name", "Potential Client")
    )


@shape("realtors: referring and receiving agent")
def _agents(chance: random.Random) -> File:
    w = world_of(chance, group=chance.random() < 0.4)
    words, fees, true = with_outcomes(w, w.facts, TONGUES["en"])
    prices = [Decimal(chance.randrange(80, 900) * 1000) if fee != "" else "" for fee in fees]
    both = [
        replace(f, value=(f.value[0], None if p == "" else p))
        for f, p in zip(true, prices, strict=True)
    ]
    columns = {
        chance.choice(("Date", "Referral Date", "Date Referred")): [fact.day for fact in w.facts],
        chance.choice(("Referring Agent", "Referral From")): [Name(fact.giver) for fact in w.facts],
        chance.choice(("Receiving Agent", "Referral To", "Assigned To")): [
            Name(fact.receiver) for fact in w.facts
        ],
        chance.choice(("Client", "Buyer/Seller", "Client Name")): [
            fact.prospect for fact in w.facts
        ],
        "Status": words,
        "Sale Price": prices,
        chance.choice(("Referral Fee", "Referral Fee ($)", "Commission")): fees,
    }
    return written(w, Table(columns, both, ("day", "prospect", "status", "value"), w.me))


@shape("register: giver, receiver, count, no days")
def _counts(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    pairs = {(fact.giver, fact.receiver) for fact in w.facts}
    facts = [Fact(*pair, count=chance.randrange(1, 9)) for pair in sorted(pairs)]
    headers = chance.choice(
        (
            ("From", "To", "Count"),
            ("Referrer", "Referred To", "Referrals"),
            ("Giver", "Receiver", "Number"),
            ("Given By", "Given To", "Number of referrals"),
        )
    )
    columns = dict(
        zip(
            headers,
            (
                [Name(f.giver) for f in facts],
                [Name(f.receiver) for f in facts],
                [str(f.count) for f in facts],
            ),
            strict=True,
        )
    )
    return written(w, Table(columns, facts, (), None, fixed=True))


@shape("refgraph's own table")
def _own(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    facts = [
        replace(fact, status=(w.pick("given", "contacted", "met", "won", "lost"),))
        for fact in w.facts
    ]
    columns = {
        "date": [f"{fact.day}" for fact in facts],
        "giver": [str(fact.giver) for fact in facts],
        "receiver": [str(fact.receiver) for fact in facts],
        "prospect": [fact.prospect for fact in facts],
        "status": [fact.status[0] for fact in facts],
        **(
            {"notes": [w.pick("", "met at the fair, keen") for _ in facts]}
            if chance.random() < 0.4
            else {}
        ),
    }
    return written(w, Table(columns, facts, ("day", "prospect", "status"), None, fixed=True))


@shape("partial days: month or year alone")
def _partial(chance: random.Random) -> File:
    w = world_of(chance, group=True)
    cells, facts = [], []
    for fact in w.facts:
        known = chance.choice(("day", "day", "month", "year"))
        cells.append(
            f"{fact.day:{'%Y-%m-%d' if known == 'day' else '%Y-%m' if known == 'month' else '%Y'}}"
        )
        facts.append(fact if known == "day" else replace(fact, day=None))
    columns = {
        chance.choice(("date", "Date")): cells,
        **dict(
            zip(
                chance.choice(
                    (("giver", "receiver"), ("From", "To"), ("Referred By", "Referred To"))
                ),
                ([Name(f.giver) for f in facts], [Name(f.receiver) for f in facts]),
                strict=True,
            )
        ),
        "Prospect": [fact.prospect for fact in facts],
    }
    return written(w, Table(columns, facts, ("day", "prospect"), None, fixed=True))
