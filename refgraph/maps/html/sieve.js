// What the filters make of the page: its title, the counts and the widths are of what is shown.

const headline = document.querySelector("h1"), subline = document.querySelector("header p");
const [FINDING, COUNTED] = [headline.textContent, subline.textContent];
const UNITS = [[1e3, "k"], [1e6, "M"], [1e9, "B"], [1e12, "T"]];
const short = (value) => {
  if (Math.round(value) < 1000) return number(value);
  const [unit, sign] = UNITS.find(([each]) => Math.round(value / each) < 1000) ?? UNITS.at(-1);
  const tenths = Math.round((10 * value) / unit);
  return number(tenths < 100 ? tenths / 10 : Math.round(value / unit)) + sign;
};

// Pairs with a referral shown, and those of them with one both ways: mine, and those of others.
function pairsShown() {
  const found = { mine: [0, 0], others: [0, 0] };
  for (const tie of ties) {
    const back = backOf(tie);
    if (!tie.shown || !isTold(tie) || (back?.shown && back.k < tie.k)) continue;
    const those = scene.you && (tie.giver === me || tie.receiver === me) ? found.mine : found.others;
    those[0] += 1;
    if (back?.shown) those[1] += 1;
  }
  return found;
}

const verb = (value) => (value === 1 ? "refers" : "refer");

// Where somebody is not on the map, pairs are those shown.
const PARTIAL = ties.some(({ giver, receiver }) => [giver, receiver].some((p) => !p.drawn && p !== me)) ? " shown" : "";

function findingOf({ mine: [near, back], others: [far, both] }) {
  const pairs = (value) => `${many(value, "pair")}${PARTIAL}`, some = (value) => (value ? number(value) : "none");
  if (near && far && back + both) {
    const others = `among others, ${some(both)} of ${number(far)}`;
    if (near === 1) return `Your one pair${PARTIAL} refers ${back ? "both ways" : "one way only"}; ${others} both ways`;
    return `${back ? number(back) : "None"} of your ${pairs(near)} ${verb(back)} both ways; ${others}`;
  }
  const [all, mutual] = [near + far, back + both];
  if (!all) return "No referrals are shown";
  if (!mutual) return `No pair refers both ways: ${pairs(all)} ${verb(all)} one way only`;
  if (mutual === all) return all > 1 ? `All ${pairs(all)} refer both ways` : "The one pair refers both ways";
  return `${number(mutual)} of ${near ? "your " : ""}${pairs(all)} ${verb(mutual)} both ways`;
}

function retitle() {
  if (!filtered()) {
    [headline.textContent, subline.textContent] = [FINDING, COUNTED];
    return;
  }
  const seen = ties.filter((tie) => tie.shown && isTold(tie)), who = people.filter((p) => p.shown);
  const passed = seen.reduce((sum, tie) => sum + tie.count, 0);
  const dates = [filter.from && `since ${filter.from}`, filter.to && `until ${filter.to}`].filter(Boolean).join(" ");
  const tied = many(seen.length, "tie"), beyond = OWED ? balanced().filter((p) => !p.drawn) : [];
  headline.textContent = OWED ? owedFinding() : scene.told && !scene.brought ? insideGroups() ?? findingOf(pairsShown())
    : `${many(who.length, "person", "people")} and ${tied} are shown`;
  subline.textContent = [
    dates, `${beyond.length ? "drawn of" : "only"} what the filters leave: ${many(who.length, "person", "people")}, ${tied}` +
      (scene.told && !scene.brought ? `, ${many(passed, "referral")}` : ""),
    beyond.length ? `title and headings count ${many(beyond.length, "person", "people")} not drawn, too` : "",
    SIZED ? "places of people are those without filters" : "places and sizes of people are those without filters",
    flows.length ? "arrows: between which groups, too; their widths are of what is shown" : "", `without filters: ${FINDING}`,
  ].filter(Boolean).join("  ·  ");
}

// Widths by count, as the picture has them for the counts that occur in it.
const whole = (tie) => tie.undated + tie.days.reduce((sum, [, count]) => sum + count, 0);
for (const tie of ties) tie.whole = whole(tie);
const lines = ink.filter((shape) => shape.tie >= 0 && shape.line >= 0 && shape.fill < 0);
for (const shape of ink) Object.assign(shape, { full: shape.width, cell: { ...shape } });
const DYED = Object.keys(scene.dyes).length > 0; // colours follow the dates
const measured = new Map(); // by colour: pale ties have widths of their own, but for colours that change
const hueOf = (shape) => (DYED ? 0 : shape.line);
for (const shape of lines) {
  if (!measured.has(hueOf(shape))) measured.set(hueOf(shape), new Map());
  measured.get(hueOf(shape)).set(ties[shape.tie].whole, shape.full);
}
for (const [color, known] of measured) measured.set(color, [...known].sort((a, b) => a[0] - b[0]));

// A measure for a count, from those known for other counts.
function estimate(known, count) {
  const above = known.find(([each]) => each >= count) ?? known.at(-1);
  const below = known.findLast(([each]) => each <= count) ?? known[0];
  if (above[0] === below[0]) return above[1];
  return below[1] + ((above[1] - below[1]) * (count - below[0])) / (above[0] - below[0]);
}
const widthFor = (shape) => estimate(measured.get(hueOf(shape)), ties[shape.tie].count);

// From circle to circle: how many referrals pass, now and without filters, and how wide that is.
const flows = ink.filter((shape) => shape.flow);
function passing([from, to], count) {
  return ties.reduce((sum, tie) => sum + (tie.giver.circle === from && tie.receiver.circle === to ? count(tie) : 0), 0);
}
const shafts = flows.filter((shape) => shape.fill < 0);
for (const shape of flows) shape.all = passing(shape.flow, (tie) => tie.whole);
const breadths = new Map(); // by colour: what lies under a shaft is wider
for (const { line, all, width } of [...shafts].sort((a, b) => a.all - b.all)) {
  if (!breadths.has(line)) breadths.set(line, []);
  breadths.get(line).push([all, width]);
}

function rewiden() {
  for (const shape of flows) shape.count = passing(shape.flow, (tie) => (tie.shown ? tie.count : 0));
  for (const shape of shafts) shape.width = shape.count === shape.all ? shape.full : Math.min(estimate(breadths.get(shape.line), shape.count), shape.full);
}

// How much of what passes between people in groups stays inside one: what the overview finds.
function insideGroups() {
  if (!flows.length) return null;
  const grouped = ties.filter((tie) => tie.shown && tie.giver.group && tie.receiver.group);
  const sum = (all) => all.reduce((total, tie) => total + tie.count, 0);
  const inside = sum(grouped.filter((tie) => tie.giver.group === tie.receiver.group));
  if (!grouped.length) return null;
  // where referrals pass with people in no group, too, it says of which it speaks
  const isBeyond = ({ shown, giver: a, receiver: b }) => shown && a !== me && b !== me && !(a.group && b.group);
  const [of, one] = ties.some(isBeyond) ? [" between people in groups", "one"] : ["", "a group"];
  return `${number(inside)} of ${many(sum(grouped), "referral")}${of} ${inside === 1 ? "stays" : "stay"} inside ${one}`;
}

// Where the size of people follows with how many they have ties, it follows those that are shown.
const partnersOf = (p, every) => new Set([...p.given, ...p.received]
  .filter((tie) => (every ? tie.whole : tie.shown))
  .map((tie) => (tie.giver === p ? tie.receiver : tie.giver)).filter((other) => other !== me)).size;
const ringed = (p) => [...p.given, ...p.received].some((tie) => [tie.giver, tie.receiver].includes(me));
const sizes = [new Map(), new Map()]; // by partners, without and with a ring
const SIZED = !scene.grid && !scene.sheet && !PLOTTED && people.every((p) => {
  if (!p.drawn || p === me) return true;
  const known = sizes[+ringed(p)], n = partnersOf(p, true);
  if (!known.has(n)) known.set(n, p.r);
  return Math.abs(known.get(n) - p.r) < 0.15;
}) && sizes.some((known) => new Set(known.values()).size > 1);
for (const p of people) p.full = p.r;
for (const shape of ink) if (shape.person >= 0) shape.first = shape.points.slice();

function sizeNow(p) {
  return estimate([...sizes[+ringed(p)]].sort((a, b) => a[0] - b[0]), partnersOf(p, false));
}

function resizePeople() {
  if (!SIZED) return;
  for (const p of people) if (p.drawn && p !== me) p.r = filtered() ? Math.min(sizeNow(p), p.full) : p.full;
  for (const shape of ink) {
    if (!shape.first || people[shape.person] === me || !people[shape.person].drawn) continue;
    const { x, y, r, full } = people[shape.person], by = r / full, from = shape.first;
    shape.points = shape.code === "O"
      ? Float32Array.from([x + (from[0] - x) * by, y + (from[1] - y) * by, from[2] * by])
      : from.map((value, k) => (k % 2 ? y + (value - y) * by : x + (value - x) * by));
  }
}

// A cell of a pair that refers one way only in these dates is drawn as such cells are.
const cells1 = scene.grid ? ink.filter((shape) => shape.tie >= 0) : [];
const oneWay = cells1.find((shape) => !backOf(ties[shape.tie]));

function redress() {
  resizePeople();
  rewiden();
  for (const shape of lines) {
    const tie = ties[shape.tie];
    shape.width = tie.count === tie.whole ? shape.full : widthFor(shape);
  }
  dye();
  for (const shape of cells1) {
    const turnedOneWay = backOf(ties[shape.tie]) && !backOf(ties[shape.tie]).shown;
    const { fill, line, width } = turnedOneWay ? (oneWay?.cell ?? { fill: -1, line: shape.cell.fill, width: 2 }) : shape.cell;
    Object.assign(shape, { fill, line, width });
  }
}

// The number on the mark of somebody is the balance now; other numbers of people are of the whole.
function balanceSign(each) {
  const p = people[each.person];
  if (!OWED || p === me || !p.standing) return null;
  return { ...each, text: { owe: short(p.open), first: short(wentFirstBy(p)), even: "=" }[p.standing] };
}

// What stands on a mark: of a cell its count now, of a person the balance.
function signOf(each) {
  if (!filtered()) return each;
  if (each.kind === 1) return balanceSign(each);
  if (each.kind !== 3) return each;
  const tie = ties[each.tie];
  return { ...each, text: short(tie.count), color: !scene.grid || backOf(tie)?.shown ? each.color : scene.ink };
}

// A heading with a count gets that of who is shown, where it names a group; else it goes without.
const COUNT = /[\d,.]+( of [\d,.]+)? (person|people|referrals?)\b/;
const bare = (text) => text.replace(/[\u200e\u2066-\u2069]/g, "");

// What stands beside the rows of a matrix is counted anew too, column by column.
const beside = scene.grid ? words.filter((each) => each.kind === 0 && each.align === 2 && /^\d/.test(each.text)) : [];
const ranks = [...new Set(beside.map((each) => each.x))].sort((a, b) => a - b);

function besideNow(each, part) {
  const at = ranks.findIndex((x) => Math.abs(x - each.x - part.x) < 0.5);
  const p = crossed.find((one) => Math.abs(one.y + 0.36 * part.px - each.y - part.y) < 1);
  if (at < 0 || !p || part.align !== 2 || !/^\d/.test(part.text)) return part;
  const sum = (all) => short(all.reduce((total, tie) => total + (tie.shown ? tie.count : 0), 0));
  const to = p.given.filter((tie) => tie.shown), back = to.filter((tie) => backOf(tie)?.shown);
  return { ...part, text: [sum(p.given), sum(p.received), to.length ? `${back.length}/${to.length}` : ""][at] };
}

// What stands beside the heading of a side of the owed map, also where nobody is on it.
const saysHowMany = (part) => COUNT.test(part.text) || part.text === "no one";
function sideNow(each) {
  const heading = each.parts.find((part) => part.bold);
  if (!heading) return null;
  const anew = owedSide(bare(heading.text));
  return { ...each, parts: each.parts.map((part) => (part.bold || !saysHowMany(part) ? part : { ...part, text: anew })) };
}

// What stays inside a group, beside its circle.
const INSIDE = /^([\d,.]+ referrals?|none) inside$/;
function insideOf(name) {
  const stays = ties.filter((tie) => tie.shown && tie.giver.group === name && tie.receiver.group === name);
  const sum = stays.reduce((total, tie) => total + tie.count, 0);
  return `${sum ? many(sum, "referral") : "none"} inside`;
}

// On a map of groups that leaves out whose only ties are with me, they have a row of their own.
const withOthers = (p, counts) => [...p.given, ...p.received].some((tie) => counts(tie) && ![tie.giver, tie.receiver].includes(me));
const ALONE = "Tied only with ";
const inGroups = (p) => Boolean(scene.circles.length || !me || me.drawn || withOthers(p, (tie) => tie.shown));

function aloneNow(each) {
  const those = people.filter((p) => p.shown && p !== me && !withOthers(p, (tie) => tie.whole));
  const parts = each.parts.filter(() => those.length).map((part) => ({ ...part, text: part.text.replace(COUNT, many(those.length, "person", "people")) }));
  return { ...each, parts };
}

function headingNow(each) {
  const side = filtered() && OWED ? sideNow(each) : null;
  if (side) return side;
  if (filtered() && bare(each.parts[0].text).startsWith(ALONE)) return aloneNow(each);
  if (filtered() && beside.length) each = { ...each, parts: each.parts.map((part) => besideNow(each, part)) };
  if (!filtered() || !each.parts.some((part) => COUNT.test(part.text))) return each;
  const name = bare(each.parts[0].text).split(": ")[0];
  const those = scene.groups.includes(name) ? people.filter((p) => p.shown && p.group === name && inGroups(p)) : null;
  const told = those && many(those.length, "person", "people");
  const parts = each.parts.map((part) => {
    if (INSIDE.test(part.text)) return { ...part, text: those ? insideOf(name) : "" };
    if (!COUNT.test(part.text)) return part;
    const lead = part.text.includes(": ") ? part.text.split(": ")[0] : "";
    return { ...part, text: [lead, told].filter(Boolean).join(": ") };
  });
  return { ...each, parts };
}
