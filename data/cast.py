"""The invented people of the sample books, one line each, and what happened between them."""

from __future__ import annotations

__all__ = [
    "ADVISER_LED",
    "ADVISER_PEOPLE",
    "ADVISER_STEPS",
    "ADVISER_STORY",
    "ADVISER_TOUCHES",
    "CHAPTER_PEOPLE",
    "DO_NOT_REFER",
    "FEES",
    "FIRMS",
    "FIRST_NAMES",
    "LAST_NAMES",
    "OFFERS",
    "PEOPLE_NOTES",
    "REFERRAL_NOTES",
    "SAMPLE_PEOPLE",
    "SAMPLE_STORY",
]

# What each profession offers, in the words that other people's needs use.
OFFERS = {
    "accountant": "bookkeeping; tax returns",
    "architect": "plans; extensions",
    "business coach": "coaching; succession",
    "business lawyer": "contracts; incorporation",
    "caterer": "catering",
    "cleaner": "cleaning",
    "contractor": "renovation; extensions",
    "dentist": "dental care",
    "dietitian": "nutrition",
    "electrician": "wiring; solar",
    "estate lawyer": "wills; trusts",
    "executive coach": "coaching; interview practice",
    "financial adviser": "retirement planning; investing; college savings",
    "florist": "flowers",
    "gardener": "gardens",
    "insurance broker": "life insurance; business insurance",
    "interior designer": "interiors",
    "IT consultant": "IT support; backups",
    "joiner": "joinery",
    "marketing consultant": "marketing; newsletters",
    "massage therapist": "massage",
    "mortgage broker": "mortgages",
    "optician": "eye tests",
    "painter": "decorating",
    "pediatrician": "child health",
    "photographer": "portraits",
    "physiotherapist": "physiotherapy",
    "plumber": "plumbing",
    "printer": "printing",
    "property manager": "lettings",
    "realtor": "house sale; house search",
    "recruiter": "hiring",
    "restaurant owner": "private dining",
    "roofer": "roofing",
    "surveyor": "surveys",
    "tax lawyer": "tax disputes; trusts",
    "therapist": "counselling",
    "translator": "translation",
    "tutor": "tutoring",
    "web designer": "websites; branding",
}

# "= Group", then its people: name (aliases) | role | profession | needs | gave me | I gave
# A habit is a count, with an optional window of months: 7 2503-2607 is seven referrals
# between March 2025 and July 2026; 12m is one in each month.
ADVISER_PEOPLE = """
= Tuesday breakfast
Dana Whitfield (D. Whitfield) | other | financial adviser | websites; newsletters | 0 | 0
Elizabeth Moreau (Liz Moreau) | partner | estate lawyer | hiring | 8 | 8
Marcus Bell | partner | accountant | websites; wills | 7 2503-2607 | 0
Ingrid Solberg | partner | mortgage broker | marketing | 12m 2501-2512 | 9 2411-2603
Gareth Pike | partner | realtor | newsletters; portraits | 0 | 6 2411-2605
Rosa Delgado | partner | business coach | bookkeeping | 2 2411-2606 | 3 2412-2606
Hannah Weiss | partner | insurance broker | IT support | 4 2412-2608 | 4 2411-2607
Calvin Brooks | partner | web designer | tax returns; portraits | 1 2502-2512 | 2
Leah Sutton | partner | recruiter | coaching | 0 | 2 2505-2608
Νίκος Παπαδόπουλος (Nikos Papadopoulos) | client | caterer | bookkeeping; websites | 0 | 0
Tom Hartley | client | contractor | bookkeeping; branding | 0 | 1 2503-2510
Joanna Petrie | client | therapist | websites | 0 | 0
Desmond Clarke | client | printer | succession; IT support | 0 | 0
Bettina Krause | prospect | photographer | tax returns | 0 | 0
= Chamber of commerce
Patrick Doyle | partner | accountant | hiring | 5 2411-2608 | 5 2412-2607
Oliver Grant | partner | business lawyer | business insurance | 4 2412-2604 | 2 2501-2509
محمد علي | partner | contractor | contracts; bookkeeping | 2 2502-2512 | 2 2503-2604
王小明 (Wang Xiaoming) | partner | IT consultant | translation | 2 2503-2603 | 2 2501-2605
Fiona Galbraith | partner | marketing consultant | incorporation | 1 2506-2602 | 3
Samuel Okafor | client | florist | websites; business insurance | 0 | 0
Ruben Castellanos | client | restaurant owner | hiring; printing | 0 | 1 2504-2606
Simone Achterberg | client | dentist | IT support; succession | 0 | 4 2501-2607
Andre Baptiste | client | haulier | contracts; accounts | 0 | 0
Derek Nolan | other | banker | | 1 2502-2509 | 1 2501-2507
Wendy Faulkner | prospect | shop owner | bookkeeping; flowers | 0 | 0
= Tennis club
Zoë O’Connor-Smith | partner | realtor | surveys; interiors | 3 2412-2607 | 5 2411-2608
Victor Lang | partner | architect | renovation | 1 2501-2510 | 3 2502-2607
Helen Marsh | client | retired | wills; gardens | 2 2502-2512 | 0
Theresa Quinn | client | physiotherapist | bookkeeping; websites | 0 | 0
Łukasz Zieliński (Lukasz Zielinski) | client | engineer | house search; mortgages | 0 | 0
Grace Whitcombe | client | surgeon | trusts; interiors | 1 2504-2511 | 1 2411-2503
Peter Vandermolen | client | retired | downsizing; wills | 0 | 0
Camille Laurent | client | interior designer | websites; portraits | 0 | 2 2506-2606
Stuart Meade | other | tennis coach | physiotherapy | 0 | 1 2505-2509
Isabel Fonseca | prospect | engineer | mortgages | 0 | 0
= Alumni
Анна Соколова | client | translator | tax returns | 0 | 1 2603-2607
김민준 | client | software engineer | incorporation; mortgages | 0 | 0
דוד כהן | partner | tax lawyer | bookkeeping | 2 2503-2512 | 3 2502-2606
Julia Brandt | partner | executive coach | websites; tax returns | 1 2504-2603 | 2 2505-2607
Nathaniel Price (Nate Price) | client | consultant | incorporation; coaching | 0 | 0
Monica Herrera | client | pharmacist | house search | 0 | 0
Sophie Lindqvist | client | restaurant owner | hiring; catering | 0 | 1 2502-2604
Raymond Asante | other | professor | | 0 | 0
Edwin Tran | prospect | engineer | life insurance | 0 | 0
= School parents
Priya Raman | client | software engineer | extensions; wills | 1 2510-2603 | 1 2509-2512
Bilal Siddiqui | partner | mortgage broker | newsletters | 2 2503-2605 | 2 2412-2604
Karen Ellsworth | client | therapist | web design; tax returns | 0 | 2 2504-2605
Laura Finch | client | tutor | renovation | 0 | 0
Pavel Horák | client | electrician | bookkeeping; hiring | 1 2503-2508 | 1 2505-2602
Amara Nwosu | client | pediatrician | estate planning; IT support | 0 | 0
Megan Holloway | client | nurse | tutoring; mortgages | 0 | 0
Chris Dunleavy | prospect | joiner | websites | 0 | 0
Yvonne Tate | | teacher | counselling | 0 | 0
=
Harold Jennings | client | retired | house sale; gardens | 0 | 0
Beatrice Lowell | client | retired | trusts; tutoring | 0 | 0
Gordon Shaw | partner | insurance broker | tax returns | 1 2411-2504 | 2 2411-2505
Felix Arnaud | client | vintner | translation; marketing | 0 | 0
Mary Ellen Rooney | other | librarian | | 0 | 0
Frank Torrisi | prospect | shop owner | business insurance | 0 | 0
Nina Kowalczyk | |  | | 0 | 0
"""

# date | giver | receiver | prospect | handoff | status: the chains, and what is still open.
ADVISER_STORY = """
2024-11-05 | Elizabeth Moreau | Dana Whitfield | Samuel Okafor | 5 | won
2024-11-19 | Rosa Delgado | Dana Whitfield | Νίκος Παπαδόπουλος | 4 | won
2025-02-12 | Rosa Delgado | Patrick Doyle | Tom Hartley | 5 | won
2025-03-27 | Samuel Okafor | Dana Whitfield | Priya Raman | 3 | won
2025-04-24 | Zoë O’Connor-Smith | Bilal Siddiqui | Megan Holloway | 4 | won
2025-07-08 | Νίκος Παπαδόπουλος | Dana Whitfield | Анна Соколова | 3 | won
2025-09-30 | Megan Holloway | Karen Ellsworth | Yvonne Tate | 2 | met
2025-10-16 | Priya Raman | Dana Whitfield | Łukasz Zieliński | 4 | won
2026-01-20 | Анна Соколова | Dana Whitfield | 김민준 | 3 | won
2026-02-17 | Rosa Delgado | Julia Brandt | Nathaniel Price (Nate Price) | 5 | won
2026-03-10 | Νίκος Παπαδόπουλος | Dana Whitfield | Felix Arnaud | 2 | won
2026-04-14 | Samuel Okafor | Dana Whitfield | Frank Torrisi | 0 | given
2026-04-22 | Łukasz Zieliński | Zoë O’Connor-Smith | Isabel Fonseca | 3 | met
2026-05-21 | Priya Raman | Dana Whitfield | Edwin Tran | 1 | contacted
2026-06-03 | محمد علي | Dana Whitfield | Chris Dunleavy | 0 | given
2026-07-16 | Rosa Delgado | Dana Whitfield | Wendy Faulkner | 4 | met
2026-08-04 | Joanna Petrie | Dana Whitfield | Yvonne Tate | 1 | given
2026-08-20 | Rosa Delgado | Dana Whitfield | Bettina Krause | 3 | contacted
2026-09-11 | Elizabeth Moreau | Dana Whitfield | Nina Kowalczyk | 5 | met
2026-09-22 | Theresa Quinn | Dana Whitfield | Isabel Fonseca | 2 | given
"""

# What happened of late, so that there is something of each kind to do today:
# day | who was referred | status | note
ADVISER_STEPS = """
2026-08-12 | Silas Kirkby | contacted | asked for papers
2026-09-05 | Millrace Joinery | met |
2026-09-15 | Ursula Blackwood | contacted | she will call in October
2026-09-18 | Rufus Ingham | lost | has somebody in the family
2026-09-22 | Quentin Lacey | lost | did not feel listened to
2026-09-27 | Edwin Tran | won |
"""
# day | with whom | kind | note
ADVISER_TOUCHES = """
2025-06-09 | Gordon Shaw | news | told how it went with Roland Blackwood
2026-04-05 | Νίκος Παπαδόπουλος | news | told how it went with Felix Arnaud
2026-09-08 | Ingrid Solberg | value | what the new firms pay for introductions
2026-09-28 | Priya Raman | thanks | for Edwin
2026-09-29 | Samuel Okafor | they-thanked-me | for the school fees plan
"""
# day of the ask | of whom | who was referred because of it
ADVISER_LED = """
2025-06-10 | Zoë O’Connor-Smith | Lena Dunmore
2026-04-08 | Elizabeth Moreau | Bridget Wadham
"""

# name | role | profession | needs | gives | receives, the last two as weights
CHAPTER_PEOPLE = """
= Business services
Gwen Aldridge | | business coach | websites | 60 | 36
= Property
Hugo Fairbanks | | realtor | surveys | 34 | 30
Nadia Rahimi | | mortgage broker | marketing | 30 | 32
Owen Prescott | | surveyor | IT support | 12 | 16
Lucille Baxter | | interior designer | portraits | 12 | 12
Emil Sandberg | | architect | contracts | 10 | 14
Tessa Wray | | property manager | cleaning | 16 | 8
= Money
Clive Norwood | | accountant | hiring | 26 | 34
Miriam Feld | | financial adviser | newsletters | 24 | 20
Jasper Thorne | | insurance broker | websites | 3 | 30
Aisha Bello | | tax lawyer | translation | 8 | 10
Ronan Keeley | | estate lawyer | bookkeeping | 14 | 22
= Health
Delia Marchetti | | physiotherapist | bookkeeping | 14 | 14
Kurt Amsel | | dentist | IT support | 2 | 16
Saoirse Lynch | | massage therapist | websites | 12 | 8
Henry Oduya | | therapist | contracts | 6 | 10
Paula Grigore | | dietitian | marketing | 8 | 4
Vera Lindholm | | optician | printing | 4 | 6
= Business services
Bruno Tavares | | IT consultant | incorporation | 14 | 22
Charlotte Hume | | marketing consultant | tax returns | 18 | 16
Idris Vaughan | | business lawyer | business insurance | 12 | 20
Maya Costello | | web designer | bookkeeping | 10 | 28
Stefan Ilić | | printer | websites | 3 | 10
Renata Szabó | | recruiter | coaching | 10 | 8
= Home trades
Arthur Penhale | | contractor | bookkeeping | 20 | 26
Jodie Marwood | | electrician | business insurance | 12 | 16
Colm Brannigan | | plumber | websites | 10 | 18
Daria Novak | | painter | newsletters | 8 | 10
Walter Stubbs | | roofer | tax returns | 1 | 14
= Events
Phoebe Langtry | | florist | websites | 10 | 6
Matteo Riva | | caterer | hiring | 8 | 10
Ewan Forsythe | | photographer | branding | 12 | 6
"""

SAMPLE_PEOPLE = """
= Lunch club
Robin Hale | other | financial adviser | newsletters | 0 | 0
Alice Merton | partner | accountant | websites | 4 2511-2608 | 1 2512-2603
Ben Castle | partner | mortgage broker | tax returns | 3 2510-2607 | 3 2511-2608
Carmen Ibarra | partner | estate lawyer | hiring | 2 2511-2606 | 3 2510-2607
Dov Reuven | partner | insurance broker | IT support | 0 | 3 2511-2606
= Choir
Erin Kestrel | client | architect | bookkeeping | 1 2512-2603 | 0
Farid Nassar | client | dentist | IT support | 0 | 1 2602-2605
Gloria Penn | client | retired | wills | 1 2510-2512 | 0
= Start-up desk
Hiro Tanabe | partner | IT consultant | contracts | 1 2601-2605 | 1 2602-2606
Imani Cole | partner | recruiter | websites | 1 2512-2604 | 1 2601-2606
Jonas Vetter | client | web designer | bookkeeping; mortgages | 0 | 0
=
Kirsten Dahl | client | caterer | tax returns; websites | 0 | 0
Leo Maddox | prospect | joiner | bookkeeping | 0 | 0
= Choir
Mina Park | | tutor | life insurance | 0 | 0
"""

SAMPLE_STORY = """
2025-10-21 | Carmen Ibarra | Robin Hale | Erin Kestrel | 5 | won
2026-03-05 | Erin Kestrel | Robin Hale | Jonas Vetter | 4 | won
2026-05-19 | Jonas Vetter | Robin Hale | Kirsten Dahl | 3 | won
2026-09-15 | Imani Cole | Robin Hale | Leo Maddox | 2 | given
"""

PEOPLE_NOTES = {
    "Alice Merton": "sends everyone who asks her about pensions",
    "Beatrice Lowell": "prefers that nobody knows she is a client",
    "Dov Reuven": "always grateful, has not sent anyone yet",
    "Gareth Pike": "says he will keep me in mind",
    "Gordon Shaw": "two people I sent never heard from him",
    "Harold Jennings": "hard of hearing, write rather than call",
    "Helen Marsh": "tells her whole tennis evening about us",
    "Ingrid Solberg": "moved to another firm in January; find out how she is",
    "Marcus Bell": "sends every client who retires and asks for nothing",
    "Peter Vandermolen": "thinking of a smaller house near his daughter",
    "Rosa Delgado": "knows everyone at breakfast, the chamber and the tennis club",
    "Simone Achterberg": "wants to hand over the practice by 2029",
    "Zoë O’Connor-Smith": "best reached before nine",
    "김민준": "found us through Анна",
}

DO_NOT_REFER = ("Gordon Shaw", "Beatrice Lowell")

# Low and high of the business closed when one of these receives a referral; others: 200 to 900.
FEES = {
    "accountant": (400, 2600),
    "architect": (3000, 14000),
    "business lawyer": (900, 5200),
    "contractor": (2500, 18000),
    "estate lawyer": (800, 3600),
    "financial adviser": (900, 6400),
    "insurance broker": (300, 1900),
    "mortgage broker": (1200, 4200),
    "realtor": (5200, 16500),
    "tax lawyer": (1200, 6800),
    "web designer": (900, 4800),
}

REFERRAL_NOTES = (
    "asked for someone patient",
    "call after five",
    "came up over lunch",
    "husband will join the first meeting",
    "met at the door after the talk",
    "moving in spring",
    "starting a second business",
    "wants a second opinion",
    "was in a hurry",
)

FIRST_NAMES = """
Abel Adele Alma Basil Bridget Cedric Clara Conrad Daphne Dominic Edith Elsa Emmett Esther
Everett Flora Gilbert Greta Harriet Hector Ida Iris Ivan Jasmine Jerome Joel Josephine Keith
Lars Lena Lionel Lydia Mabel Martin Mavis Nell Noel Odette Otto Pearl Quentin Rhoda Roland
Rufus Sabine Selma Silas Stella Sylvia Tobias Ursula Vernon Viola Wallace Winona
"""

LAST_NAMES = """
Abernathy Ashdown Barlowe Birch Blackwood Bonham Brightwell Calloway Carver Chilcott Cranmer
Dalby Draycott Dunmore Eastwick Elmore Farrow Fenwick Gadsby Garrick Hadley Harkness Holt
Ingham Jessop Kimball Kirkby Lacey Langdon Maddern Mallory Nettles Oakley Ormond Pemberton
Pickard Quill Radcliffe Redfern Rookwood Sedgwick Selby Stanhope Tilney Trask Underhill
Vickers Wadham Wexford Yardley
"""

FIRMS = (
    "Harbour Lane Bakery",
    "Copper Kettle Café",
    "Northgate Cycles",
    "Bluebell Nursery",
    "Millrace Joinery",
    "Quarry Hill Dental",
    "Saltmarsh Brewing",
    "Three Elms Farm Shop",
)
