// The map of what one person owes: a list where the screen is narrow, and of a window of dates the
// title, the headings and the colours that its own map would have.

const narrow = matchMedia("screen and (max-width: 760px)");
const OWED = Boolean(me && scene.told && DYED);
const otherThanMe = (tie) => (tie.giver === me ? tie.receiver : tie.receiver === me ? tie.giver : null);

// Whether a tie is one that the map tells of: there, those of that one person.
const isTold = (tie) => !OWED || otherThanMe(tie) !== null;

// Whose balance counts: those shown, and those whose rows are summed up, while nobody asks for some.
const asksForSome = () => ["group", "role", "standing"].some((key) => filter[key] !== ANY);
const balanced = () => people.filter((p) => p !== me && (p.shown || (!p.drawn && p.standing && !asksForSome())));

// What sums up the rows without a line of their own, of all dates.
const sumsUp = (each) => OWED && !each.person && each.parts.every((part) => !part.bold && !COUNT.test(part.text));

function owedFinding() {
  const shown = balanced(), owed = shown.filter((p) => p.standing === "owe");
  const first = shown.filter((p) => p.standing === "first").length;
  const who = scene.you ? "You owe" : `${isolated(scene.name)} owes`;
  const dates = owed.map((p) => p.days).filter((days) => days !== null);
  const told = owed.length
    ? `${who} ${many(owed.length, "person", "people")} ${many(owed.reduce((sum, p) => sum + p.open, 0), "referral")}` +
      (dates.length ? `; the oldest has waited ${many(Math.max(...dates), "day")}` : "")
    : `${who} no one a referral${first ? `, and went first with ${many(first, "person", "people")}` : ""}`;
  return asksForSome() ? `Of those shown: ${scene.you ? "you owe" : who}${told.slice(who.length)}` : told;
}

// What stands beside the heading of a side: its people, and what is open or was given first.
function owedSide(heading) {
  const kind = heading.endsWith("went first") ? "first" : heading === "Even" ? "even" : "owe";
  const those = balanced().filter((p) => p.standing === kind);
  if (kind === "even" || !those.length) return those.length ? many(those.length, "person", "people") : "no one";
  const sum = those.reduce((total, p) => total + (kind === "owe" ? p.open : wentFirstBy(p)), 0);
  return `${many(those.length, "person", "people")}, ${many(sum, "referral")}`;
}

// Colours say where one stands with somebody; when that changes with the dates, so do they.
const stood = ([standing, , days]) => (standing === "owe" && days > scene.late ? "late" : standing);
const dyed = OWED ? ink.filter((shape) => shape.person >= 0 ? people[shape.person] !== me : isTold(ties[shape.tie] ?? {})) : [];
const sideOf = (shape) => (shape.person >= 0 ? "mark" : ties[shape.tie].receiver === me ? "in" : "out");
const ownerOf = (shape) => (shape.person >= 0 ? people[shape.person] : otherThanMe(ties[shape.tie]));
for (const shape of dyed) shape.dye = [shape.fill, shape.line, shape.dash];

// What of a tie is not matched lies on it, a band and its head: of the whole record.
const bands = new Set();
dyed.forEach((shape, k) => {
  if (shape.tie < 0 || shape.code !== "P" || shape.points.length <= 6) return;
  bands.add(shape);
  if (dyed[k + 1]?.tie === shape.tie) bands.add(dyed[k + 1]);
});

function dashNumber(lengths, width) {
  const dash = lengths.map((length) => +(length * width).toFixed(2));
  const at = scene.dashes.findIndex((each) => String(each) === String(dash));
  return at < 0 ? scene.dashes.push(dash) - 1 : at;
}

// How much of what passed with somebody is matched by nothing: what is open, or was given first.
function unmatched(p, [standing, open], countOf) {
  if (standing !== "first") return standing === "owe" ? open : 0;
  const sum = (all) => all.reduce((total, tie) => total + (otherThanMe(tie) ? countOf(tie) : 0), 0);
  return sum(p.received) - sum(p.given);
}
const isAsEver = (p) => unmatched(p, [p.standing, p.open], (tie) => tie.count) === unmatched(p, p.whole, (tie) => tie.whole);

function dye() {
  for (const shape of dyed) {
    const p = ownerOf(shape), side = sideOf(shape), [before, after] = [p.whole, [p.standing, p.open, p.days]].map(stood);
    const [[was], [now, dash]] = [before, after].map((each) => scene.dyes[`${each} ${side}`] ?? []);
    [shape.fill, shape.line, shape.dash] = shape.dye;
    const same = before === after && (side === "mark" || (ties[shape.tie].count === ties[shape.tie].whole && isAsEver(p)));
    if (same || now === undefined) continue;
    if (bands.has(shape)) {
      [shape.fill, shape.line] = [-1, -1];
      continue;
    }
    // of a tie all is one colour, then
    [shape.fill, shape.line] = [shape.fill, shape.line].map((color) => (color === was || (side !== "mark" && color >= 0) ? now : color));
    if (side === "mark" && shape.fill < 0 && after !== "late") shape.line = -1; // the rim of who waits too long
    if (side !== "mark" && shape.line >= 0) shape.dash = dashNumber(dash, shape.width);
  }
}
