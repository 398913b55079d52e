// What the page knows: people, ties, and what the filters leave of them.

const $ = (id) => document.getElementById(id);
const given = JSON.parse($("scene").textContent);
const PHONE = Boolean(given.phone) && matchMedia("(max-width: 600px)").matches; // laid out for one
const scene = PHONE ? given.phone : given;
const TENTHS = 10, DAY = 86400000, ANY = "any";
const PLOTTED = scene.plot !== null;
const ROWS = scene.sheet || scene.brought; // read line by line: words keep their places beside their marks
const FIXED = scene.sheet && !scene.brought; // its numbers are of all rows of the book: no filter counts them anew

const people = scene.people.map(([name, x, y, r, role, group, standing, open, days], i) => ({
  i, name, drawn: x !== undefined,
  x: x / TENTHS, y: y / TENTHS, r: r / TENTHS,
  role: scene.roles[role] ?? "", group: scene.groups[group] ?? "",
  standing: standing ?? "", open, days, circle: scene.circles[i] ?? -1,
  given: [], received: [], shown: true,
}));
for (const p of people) {
  const [profession, offers, needs, aliases, never, last, waiting] = scene.about[p.i] ?? ["", [], [], [], 0, "", []];
  Object.assign(p, { profession, offers, needs, aliases, never, last, waiting, whole: [p.standing, p.open, p.days] });
}

const ties = scene.ties.map(([giver, receiver, undated, ...days], k) => {
  const tie = {
    k, giver: people[giver], receiver: people[receiver], undated,
    days: days.map((day) => (Array.isArray(day) ? day : [day, 1])),
    count: 0, shown: true,
  };
  tie.giver.given.push(tie);
  tie.receiver.received.push(tie);
  return tie;
});

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const me = people[scene.whose];
const filter = { group: ANY, role: ANY, standing: ANY, from: "", to: "" };
const firstDay = scene.start ? Date.parse(scene.start) / DAY : NaN;
const asDay = (text) => Date.parse(text) / DAY - firstDay;
const asDate = (day) => new Date((day + firstDay) * DAY).toISOString().slice(0, 10);

const filtered = () => Object.keys(filter).some((key) => filter[key] && filter[key] !== ANY);

// Count every tie in the window of dates, and decide who and what is shown.
function sift() {
  const windowed = Boolean(filter.from || filter.to);
  const from = filter.from ? asDay(filter.from) : -Infinity;
  const to = filter.to ? asDay(filter.to) : Infinity;
  for (const tie of ties) {
    tie.count = windowed ? 0 : tie.undated;
    for (const [day, count] of tie.days) if (from <= day && day <= to) tie.count += count;
  }
  for (const p of people) [p.standing, p.open, p.days] = windowed && (p.whole[0] || (OWED && !p.drawn)) ? balance(p, from, to) : p.whole;
  const wanted = (key, value) => filter[key] === ANY || filter[key] === value;
  for (const p of people) {
    const active = [...p.given, ...p.received].some((tie) => tie.count > 0 && isTold(tie));
    p.shown = p.drawn && (p === me || (wanted("group", p.group) && wanted("role", p.role) &&
      wanted("standing", p.standing) && (active || !windowed)));
  }
  const visible = (p) => p.shown || (scene.sheet && !p.drawn); // on a sheet a tie stands without its people
  for (const tie of ties) tie.shown = tie.count > 0 && visible(tie.giver) && visible(tie.receiver);
}

// Where one stands with somebody, of what was given in these dates.
function balance(p, from, to) {
  const sum = (all, other) => all.reduce((total, tie) => total + (other(tie) === me ? tie.count : 0), 0);
  const gaveMe = sum(p.given, (tie) => tie.receiver), iGave = sum(p.received, (tie) => tie.giver);
  const open = p.waiting.filter(([day]) => day && from <= asDay(day) && asDay(day) <= to);
  if (open.length) {
    const [oldest] = open[0];
    return ["owe", open.reduce((total, [, still]) => total + still, 0), Math.round(Date.parse(scene.today) / DAY - Date.parse(oldest) / DAY)];
  }
  return [iGave > gaveMe ? "first" : gaveMe + iGave ? "even" : "", 0, null];
}

// Sum what one person gave and received, in all and with each other person.
function tally(p) {
  const others = new Map();
  const row = (other) => {
    if (!others.has(other)) others.set(other, { other, gave: 0, received: 0 });
    return others.get(other);
  };
  for (const tie of p.given) if (tie.count) row(tie.receiver).gave += tie.count;
  for (const tie of p.received) if (tie.count) row(tie.giver).received += tie.count;
  const rows = [...others.values()].sort((a, b) =>
    b.gave + b.received - a.gave - a.received || (a.other.name < b.other.name ? -1 : 1));
  const sum = (key) => rows.reduce((total, each) => total + each[key], 0);
  return {
    rows, gave: sum("gave"), received: sum("received"),
    to: rows.filter((each) => each.gave).length, by: rows.filter((each) => each.received).length,
  };
}

// Of what a tally holds, what passed between somebody and me; and by how much I went first with them.
const withMe = ({ rows }) => rows.find(({ other }) => other === me) ?? { gave: 0, received: 0 };
function wentFirstBy(p) {
  const { gave, received } = withMe(tally(p));
  return received - gave;
}

const number = (value) => value.toLocaleString("en", { maximumFractionDigits: 2 });
const many = (value, one, more = `${one}s`) => `${number(value)} ${value === 1 ? one : more}`;
const mine = (p) => scene.you && p === me;
const called = (p) => (mine(p) ? "You" : p.name);
const isolated = (name) => `\u2068${name}\u2069`; // so that no name turns the words about it

function totals(p, sums = tally(p)) {
  if (!scene.told) return many(sums.rows.length, "person", "people") + " tied to them on this map";
  if (scene.brought) {
    const by = [...new Set(p.received.filter((tie) => tie.count).map((tie) => isolated(called(tie.giver))))];
    const parts = [by.length && `brought by ${by.join(", ")}`, sums.to && `brought ${many(sums.to, "person", "people")}`];
    const said = parts.filter(Boolean).join("; ") || "in no chain";
    return (said[0].toUpperCase() + said.slice(1)) + (filter.from || filter.to ? " in these dates" : "");
  }
  const gave = sums.gave ? `gave ${many(sums.gave, "referral")} to ${many(sums.to, "person", "people")}` : "";
  const got = sums.received ? `received ${number(sums.received)} from ${many(sums.by, "person", "people")}` : "";
  const text = [gave, got].filter(Boolean).join(", ") || "no referrals";
  return (text[0].toUpperCase() + text.slice(1)) + (filter.from || filter.to ? " in these dates" : "");
}

function standing(p) {
  const told = standingOf(p);
  return told && (filter.from || filter.to) ? `Of these dates: ${told}` : told;
}

function standingOf(p) {
  const who = scene.you ? "You" : isolated(scene.name);
  if (p.standing === "owe") {
    const wait = p.days === null ? "" : `; the oldest has waited ${many(p.days, "day")}`;
    return `${who} owe${scene.you ? "" : "s"} them ${many(p.open, "referral")}${wait}`;
  }
  if (p.standing === "first") return `${who} went first`;
  return p.standing === "even" ? "Even" : "";
}

function stands(kind) {
  const who = scene.you ? "you" : isolated(scene.name);
  return {
    owe: scene.you ? "you owe" : `${who} owes`, first: `${who} went first`,
    even: `even with ${who}`, "": `no referrals with ${who}`,
  }[kind];
}

const traits = (p) => [mine(p) || p === me ? "" : p.role, p.profession, p.group].filter(Boolean).join("  ·  ");

// What is known of somebody beside their ties, a line each.
function known(p) {
  const [needs, offers] = [p.needs.join(", "), p.offers.join(", ")];
  return [
    p.aliases.length && `Also called ${p.aliases.map(isolated).join(", ")}`,
    offers && `Offers: ${offers}`, needs && `Looks for: ${needs}`, p.last && `Last in touch: ${p.last}`,
    p.standing === "owe" && scene.you && !p.never && `Next: refer ${needs ? `somebody who offers ${needs}` : "somebody"} to them`,
    p.never && "Never to be referred to, says the book",
  ].filter(Boolean);
}

// Sort texts as people write lists: "Table 2" before "Table 10", the same in every language.
function inOrder(a, b) {
  const [first, second] = [a, b].map((text) => text.split(/([0-9]+)/));
  for (let k = 0; k < Math.min(first.length, second.length); k += 1) {
    const [x, y] = [first[k], second[k]].map((part) => (k % 2 ? part.replace(/^0+/, "") : part));
    if (x === y) continue;
    if (k % 2 && x.length !== y.length) return x.length - y.length;
    return x < y ? -1 : 1;
  }
  return first.length - second.length || (a < b ? -1 : +(a > b));
}

const LATIN = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i" };
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
  .replace(/[łøđðþßæœı]/g, (letter) => LATIN[letter]).replace(/[’‘]/g, "'");
