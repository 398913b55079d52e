// Where names go on the screen: where the picture has them, more when there is room, never two
// on one spot.

const FAMILY = '"DejaVu Sans", system-ui, -apple-system, "Segoe UI", sans-serif';
const SMALLEST = 11.5, TIGHT = 10, LARGEST = 1.5, MOST = 140, TRIES = 260, LONGEST = 34, RING = 5, ROOMY = 1.25, CROWD = 150;
const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, px, bold) {
  const key = `${bold ? "b" : "n"}${text}`;
  if (!widths.has(key)) {
    ruler.font = `${bold ? "bold " : ""}100px ${FAMILY}`;
    widths.set(key, ruler.measureText(text).width / 100);
  }
  return widths.get(key) * px;
}

const shortened = (name) => {
  const letters = [...name];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…` : name;
};

const UP = 0.78, DOWN = 0.24; // how far letters reach from their baseline, in sizes of a letter

function word([text, x, y, width, px, color, align, style, owner, kind]) {
  const found = {
    text, x: x / TENTHS, y: y / TENTHS, px: px / TENTHS, color: scene.colors[color], align,
    bold: Boolean(style & 1), upright: Boolean(style & 2), kind,
    person: kind === 3 ? -1 : owner, tie: kind === 3 ? owner : -1,
  };
  found.width = widthOf(text, found.px, found.bold);
  found.wider = Math.max(found.width - width / TENTHS, 0); // than in the picture, in letters of another font
  const back = (align * found.width) / 2, up = UP * found.px, down = DOWN * found.px;
  found.box = found.upright
    ? [found.x - up, found.y + back - found.width, found.x + down, found.y + back]
    : [found.x - back, found.y - up, found.x - back + found.width, found.y + down];
  return found;
}

const within = (p, box) => Math.hypot((box[0] + box[2]) / 2 - p.x, (box[1] + box[3]) / 2 - p.y) < p.r;

// What stands beside a name keeps off it where the letters of the reader's font are wider.
function spread(line) {
  const [{ align, y }] = line, beside = line.slice(1).filter((each) => Math.abs(each.y - y) < 1), out = 1 - align; // away from the mark: to the right, or to the left
  let wider = Math.max(...line.map((each) => (each.kind === 2 ? each.wider : 0)));
  beside.filter((each) => each.kind !== 2).sort((a, b) => out * (a.x - b.x)).forEach((each) => {
    each.x += out * wider;
    each.box = each.box.map((side, k) => (k % 2 ? side : side + out * wider));
    wider += each.wider;
  });
  return line;
}

// A tag is what is written together: a name and the words beside it, or a heading. It keeps its
// anchor on the map and grows away from it.
function tag(words, person, x, y) {
  const parts = words.map((each) => ({ ...each, x: each.x - x, y: each.y - y }));
  const box = [0, 1, 2, 3].map((side) =>
    Math[side < 2 ? "min" : "max"](...words.map((each) => each.box[side])) - (side % 2 ? y : x));
  const px = person ? words[0].px : Math.min(...words.map((each) => each.px));
  return { parts, person, x, y, box, px };
}

// The lines of one name stand right below each other.
function asWhole(signs) {
  const whole = [];
  for (const each of [...signs].sort((a, b) => a.y - b.y)) {
    const above = scene.grid ? null : whole.find((lines) => lines.some((one) => each.y - one.y < 1.6 * one.px &&
      each.y > one.y && one.box[0] < each.box[2] && each.box[0] < one.box[2]));
    if (above) above.push(each);
    else whole.push([each]);
  }
  return whole;
}

const words = scene.texts.map(word);
const onMarks = words.filter((each) => each.kind === 1 || each.kind === 3 ||
  (each.kind === 2 && within(people[each.person], each.box)));
const tags = [];
const named = new Map();
{
  const beside = words.filter((each) => !onMarks.includes(each));
  const own = new Map();
  for (const each of beside) {
    if (each.person < 0) continue;
    if (!own.has(each.person)) own.set(each.person, []);
    own.get(each.person).push(each);
  }
  for (const [i, all] of own) {
    all.sort((a, b) => b.kind - a.kind);
    const p = people[i], signs = all.filter((each) => each.kind === 2);
    const [first = [all[0]], ...more] = asWhole(signs);
    const groups = [spread([...first, ...all.slice(Math.max(signs.length, 1))]), ...more];
    named.set(p, groups.map((group) => {
      const [{ box }] = group;
      return tag(group, p, clamp(p.x, box[0], box[2]), clamp(p.y, box[1], box[3]));
    }));
  }
  // Words of one line that follow each other closely, and lines below each other, stay together.
  const follows = (a, b) => Math.abs(a.y - b.y) < 1 &&
    Math.min(Math.abs(a.box[2] - b.box[0]), Math.abs(b.box[2] - a.box[0])) < 18;
  const below = (a, b) => a.align === b.align && Math.abs(a.x - b.x) < 1 && Math.abs(a.y - b.y) < 1.6 * a.px;
  const rest = beside.filter((each) => each.person < 0);
  while (rest.length) {
    const line = [rest.shift()];
    for (let k = 0; k < rest.length; k += 1) {
      if (line.some((each) => !each.upright && !rest[k].upright && (follows(each, rest[k]) || below(each, rest[k])))) {
        line.push(...rest.splice(k, 1));
        k = -1;
      }
    }
    const low = Math.min(...line.map((each) => each.box[0]));
    const high = Math.max(...line.map((each) => each.box[2]));
    const besides = scene.grid && (line[0].align === 2 || line[0].upright) && low > Math.max(...people.map((p) => p.x || 0));
    const x = [low, (low + high) / 2, high][line[0].align];
    const ys = line.map((each) => each.y), top = Math.min(...ys), bottom = Math.max(...ys);
    // what rows and columns are: it grows upwards
    const corner = scene.grid && line[0].align === 2 && high < people[0].x;
    const found = tag(line, null, x, corner ? bottom : foothold(line, (top + bottom) / 2, top, bottom));
    tags.push(corner ? { ...found, shift: [-10, -10] } : { ...found, besides });
  }
}

const weight = (p) => p.given.length + p.received.length;
const ranked = people.filter((p) => p.drawn)
  .sort((a, b) => named.has(b) - named.has(a) || b.r - a.r || weight(b) - weight(a) || a.i - b.i);
const inked = new Set(onMarks.filter((each) => each.kind === 2).map((each) => people[each.person]));

// Names the picture had no room for may stand on any side of their mark.
const PLAIN = { px: 13, color: scene.ink, bold: false };
function loose(p) {
  const text = shortened(called(p)), gap = p.r + 4, width = widthOf(text, PLAIN.px, false);
  const at = (x, y, align, left) => ({
    parts: [{ text, x: 0, y: 0, align, kind: 2, ...PLAIN }], person: p, x: p.x, y: p.y, px: PLAIN.px,
    shift: [x, y], box: [left, -0.78 * PLAIN.px, left + width, 0.24 * PLAIN.px],
  });
  const sides = [at(gap, 4.5, 0, 0), at(-gap, 4.5, 2, -width), at(0, -gap, 1, -width / 2),
    at(0, gap + 10, 1, -width / 2)];
  if (ranked.length > CROWD) return sides; // of a crowd few names are shown, and trying takes long
  const near = 0.7 * gap;
  return [...sides, at(near, -near, 0, 0), at(-near, -near, 2, -width),
    at(near, near + 10, 0, 0), at(-near, near + 10, 2, -width)];
}

class Room { // boxes on the screen, found again by the cells they touch
  constructor() { this.cells = new Map(); }
  around(box) {
    const found = [];
    for (let i = Math.floor(box[0] / 80); i <= Math.floor(box[2] / 80); i += 1) {
      for (let j = Math.floor(box[1] / 40); j <= Math.floor(box[3] / 40); j += 1) found.push(i * 10007 + j);
    }
    return found;
  }
  free(box) {
    return !this.around(box).some((cell) => this.cells.get(cell)?.some((other) =>
      box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]));
  }
  take(box) {
    for (const cell of this.around(box)) {
      if (this.cells.has(cell)) this.cells.get(cell).push(box);
      else this.cells.set(cell, [box]);
    }
  }
}

// Letters grow with the map, but are never smaller than can be read nor larger than is needed.
const growth = (each, scale, least = SMALLEST) => ROWS ? scale : // words in rows stay in their place
  clamp(scale, least / each.px, Math.max(LARGEST, least / each.px));

// The name or heading alone, where the words beside it find no room.
function alone(each) {
  if (each.short !== undefined) return each.short;
  const parts = each.parts.filter((part, k) => !k || (each.person && part.kind === 2));
  each.short = parts.length < each.parts.length ? {
    ...each, parts, whole: each,
    box: [0, 1, 2, 3].map((k) => Math[k < 2 ? "min" : "max"](...parts.map((part) => part.box[k])) - (k % 2 ? each.y : each.x)),
  } : null;
  return each.short;
}

// Without what is written farthest from the name: how many days one has waited stays.
const DAYS = /^[\d,]+ days?$/;
function partly(each) {
  if (!OWED) return null;
  const parts = each.parts.filter((part) => part.kind === 2 || DAYS.test(part.text));
  if (parts.length === each.parts.length || !parts.some((part) => part.kind !== 2)) return null;
  return {
    ...each, parts,
    box: [0, 1, 2, 3].map((k) => Math[k < 2 ? "min" : "max"](...parts.map((part) => part.box[k])) - (k % 2 ? each.y : each.x)),
  };
}

// Under a filter, the days that count then.
function lessNow(each) {
  const less = (each.less ??= partly(each)), p = each.person;
  if (!filtered() || !less) return less;
  if (p.standing !== "owe" || p.days === null) return null;
  const isLate = p.days > scene.late, [hue] = scene.dyes[isLate ? "late mark" : "owe mark"];
  const now = { text: many(p.days, "day"), bold: isLate, color: scene.colors[hue] };
  return { ...less, parts: less.parts.map((part) => (DAYS.test(part.text) ? { ...part, ...now } : part)) };
}

// A heading without its count, where the whole would lie on marks.
function uncounted(each) {
  const [part] = each.parts, [text, count] = part.text.split(": ");
  if (!count || each.parts.length > 1 || PLOTTED) return null;
  const width = widthOf(text, part.px, part.bold), left = part.x - (part.align * width) / 2;
  return {
    ...each, parts: [{ ...part, text, width }], whole: each,
    box: [left, part.y - UP * part.px, left + width, part.y + DOWN * part.px],
  };
}

// The names of rows and columns stay at the edge when their beginning has left the screen, and
// clear of the buttons in that corner.
function atEdge(each, x, y, grow) {
  if (onAxis(each)) return [Math.max(x, 4 - each.box[0] * grow), y];
  if (!scene.grid || !each.person) return [x, y];
  const { box } = each, [right, low] = corner();
  if (each.parts[0].upright) {
    if (y + box[1] * grow >= 3) return [x, y];
    return [x, (x + box[0] * grow < right ? low : 3) - box[1] * grow];
  }
  if (x + box[0] * grow >= 4) return [x, y];
  return [(y + box[1] * grow < low ? right : 4) - box[0] * grow, y];
}

// The name of a row or a column is cut where it would reach from the edge of the screen into the cells.
const LEGIBLE = 28; // pixels, in which a name can be told
function cropped(each, at) {
  const [part] = each.parts, { upright } = part;
  const before = upright ? each.y < square[1] && part.align === 0 : each.x < square[0] && part.align === 2;
  const room = (upright ? square[1] * at.scale + at.y : square[0] * at.scale + at.x) - 10, grow = growth(each, at.scale);
  if (!before || each.parts.length > 1 || room < LEGIBLE || part.width * grow <= room) return each;
  let [head, tail] = part.text.includes("…") ? part.text.split("…").map((half) => [...half])
    : [[...part.text].slice(0, -4), [...part.text].slice(-4)];
  const joined = () => `${head.join("").trimEnd()}…${tail.join("").trimStart()}`;
  while (head.length + tail.length > 3 && widthOf(joined(), part.px, part.bold) * grow > room) {
    if (head.length > tail.length) head = head.slice(0, -1);
    else tail = tail.slice(1);
  }
  const width = widthOf(joined(), part.px, part.bold), [x0, y0, x1, y1] = each.box;
  return { ...each, parts: [{ ...part, text: joined(), width }], box: upright ? [x0, y1 - width, x1, y1] : [x1 - width, y0, x1, y1] };
}

// A heading that would lie on marks may step aside, by half its width and once or twice its height.
const ASIDE = [[0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]];
function stepped(each, scale) {
  const grow = growth(each, scale, SMALLEST) / Math.max(scale, 0.5), [x0, y0, x1, y1] = each.box;
  return [[1, undefined], [1, TIGHT], [2, TIGHT]].flatMap(([far, least]) => ASIDE.map(([right, down]) =>
    [{ ...each, shift: [0.5 * right * (x1 - x0) * grow, far * down * (y1 - y0) * grow] }, least]));
}

// The grounds of groups, and how far a box of the map is from one; 0 where it lies on it.
const grounds = scene.grid || ROWS || PLOTTED ? [] : ink.filter(({ person, tie, fill, code, box }) =>
  person < 0 && tie === -1 && fill >= 0 && scene.colors[fill] !== scene.paper && /^(O|P|M.*Z)$/.test(code) &&
  Math.min(box[2] - box[0], box[3] - box[1]) > 24);
function apart([x0, y0, x1, y1], { code, points: p }) {
  if (code === "O") return Math.max(Math.hypot(clamp(p[0], x0, x1) - p[0], clamp(p[1], y0, y1) - p[1]) - p[2], 0);
  const over = (x, y) => Math.hypot(clamp(x, x0, x1) - x, clamp(y, y0, y1) - y);
  let least = Infinity, inside = false;
  const [mx, my] = [(x0 + x1) / 2, (y0 + y1) / 2];
  for (let k = 0, j = p.length - 2; k < p.length; j = k, k += 2) {
    least = Math.min(least, over(p[k], p[k + 1]), over((p[k] + p[j]) / 2, (p[k + 1] + p[j + 1]) / 2));
    if ((p[k + 1] > my) !== (p[j + 1] > my) &&
      mx < ((p[j] - p[k]) * (my - p[k + 1])) / (p[j + 1] - p[k + 1]) + p[k]) inside = !inside;
  }
  return inside ? 0 : least;
}

// The ground a heading of the picture belongs to: the nearest there.
function groundOf(each) {
  if (each.whole) return groundOf(each.whole);
  if (each.ground !== undefined) return each.ground;
  const box = each.box.map((side, k) => side + (k % 2 ? each.y : each.x));
  const all = grounds.map((ground) => [apart(box, ground), ground]).sort((a, b) => a[0] - b[0]);
  return (each.ground = all.length > 1 && all[0][0] < 40 ? all[0][1] : null);
}

const CLEARLY = 5; // pixels
// Whether a heading would be read as that of another group than its own.
function strays(each, [x0, y0, x1, y1], at) {
  const own = groundOf(each);
  if (!own) return false;
  const box = [(x0 - at.x) / at.scale, (y0 - at.y) / at.scale, (x1 - at.x) / at.scale, (y1 - at.y) / at.scale];
  // one that has left its place has to be clearly nearer to its own
  const far = apart(box, own), limit = far + (each.shift ? CLEARLY : 1) / at.scale;
  return grounds.some((other) => other !== own && apart(box, other) <= limit);
}

// Or it stands on the other side of its ground.
function below(each, scale) {
  const own = groundOf(each);
  if (!own) return [];
  return [SMALLEST, TIGHT].map((least) => {
    const down = (3 - each.box[1] * growth(each, scale, least)) / Math.max(scale, 0.5);
    return [{ ...each, y: own.box[3], shift: [0, down] }, least];
  });
}

// What a group of rows is stands beyond the names at their ends, where these have grown.
function beyond(each, edge, at) {
  const left = each.x * at.scale + at.x + each.box[0] * growth(each, at.scale, TIGHT), far = edge + 8 - left;
  const isBeside = !each.person && each.parts[0].align === 0 && each.x > square[2];
  return isBeside && far > 0 ? { ...each, shift: [far / Math.max(at.scale, 0.5), 0] } : null;
}

// Or, where all about its ground is taken, on its middle: there it is nobody else's.
function amid(each) {
  const own = groundOf(each);
  if (!own) return [];
  const [x, y] = [(own.box[0] + own.box[2]) / 2, (own.box[1] + own.box[3]) / 2];
  const [x0, , x1] = each.box;
  return [[{ ...each, x: each.parts[0].align === 1 ? x : x - (x0 + x1) / 2, y, shift: [0, 0] }, TIGHT, true]];
}

// The columns beside a matrix stand where they need not grow much: they would run into each other.
const cramped = (each, scale) => each.besides && TIGHT > ROOMY * scale * each.px;
const leastOf = (each) => (each.besides ? TIGHT : undefined);

// What is said of these columns is said where they stand.
function tellBeside() {
  const note = [...$("notes").children].find((each) => each.textContent.startsWith("Beside the rows"));
  if (note) note.hidden = !written.some(({ each }) => each.besides);
}

// Whom the title names is named first, however narrow the screen.
const atFirst = document.title.replace(/[\u200e\u2066-\u2069]/g, "");
const titled = scene.grid || ROWS ? [] : people.filter((p) =>
  p.drawn && p !== me && (marked.has(p) || atFirst.includes(p.name)));

// Whom the title named is no longer marked where a filter has given another title.
const isMarked = (p) => marked.has(p) && !(filtered() && atFirst.includes(p.name) && !bare(headline.textContent).includes(p.name));

// Choose what is written at this view: headings first, then names by weight.
function layOut(view, size, lit) {
  const room = new Room(), chosen = [], done = new Set();
  let count = 0, tries = 0;
  const zoom = $("zoom");
  if (!scene.grid && !ROWS && !PLOTTED && !screen && zoom.offsetHeight) { // no name under the buttons
    room.take([0, zoom.offsetTop, zoom.offsetLeft + zoom.offsetWidth, zoom.offsetTop + zoom.offsetHeight]);
  }
  // all without side words, or none; what they count is of the whole record
  // of a crowd seen whole, the names of the picture; nearer to, more
  const far = !lit && ranked.length > CROWD && named.size && view.scale < 1.2 * fitted().scale;
  const brief = filtered() || (fitted().short && view.scale < 1.4 * fitted().scale);
  const put = (each, faint, over, least) => {
    const grow = growth(each, view.scale, least);
    const [right, down] = each.shift ?? [0, 0];
    const aside = lit && !scene.grid && each.person === lit[0] ? RING * (1 - each.parts[0].align) : 0;
    let x = each.x * view.scale + view.x + right * Math.max(view.scale, each.shift ? 0.5 : 0) + aside;
    let y = each.y * view.scale + view.y + down * Math.max(view.scale, each.shift ? 0.5 : 0);
    const home = [x, y];
    [x, y] = atEdge(each, x, y, grow);
    if (!each.person && !scene.grid && !ROWS && x > 0 && x < size[0]) { // a heading stays on the screen with its place
      x = Math.max(Math.min(x, size[0] - 4 - each.box[2] * grow), 4 - each.box[0] * grow);
    }
    const box = [x + each.box[0] * grow - 1, y + each.box[1] * grow, x + each.box[2] * grow + 1, y + each.box[3] * grow];
    if (box[2] < 0 || box[3] < 0 || box[0] > size[0] || box[1] > size[1]) return false;
    if (filtered() && !each.person && (scene.brought || sumsUp(each))) return false; // others, of all dates
    if (ROWS) return Boolean(chosen.push({ each, x, y, grow, faint, plate: null }));
    const cut = box[0] < 0 || box[2] > size[0];
    if ((each.person || scene.grid) && cut) return false; // a name is never cut
    if (each.shift && !each.person && (cut || box[1] < 0 || box[3] > size[1])) return false;
    if (PLOTTED && cut && !onAxis(each)) return false;
    if (!room.free(box)) return false;
    if (PLOTTED && !each.parts[0].bold && !onAxis(each) && grow > 1.02 * view.scale && hides(box, view)) return false;
    if (!over && !scene.grid && (each.shift || grow > 1.02 * view.scale) &&
      ((!each.person && strays(each, box, view)) || misleads(box, view, each.person))) return false;
    room.take(box);
    chosen.push({ each, x, y, grow, faint, plate: (each.person || onAxis(each)) && (x !== home[0] || y !== home[1]) ? box : null });
    return true;
  };
  const name = (p, over) => {
    if (count >= MOST || tries >= TRIES || !p.shown || done.has(p) || inked.has(p) || (far && !named.has(p))) return;
    const x = p.x * view.scale + view.x, y = p.y * view.scale + view.y;
    if (!scene.grid && (x < -60 || y < -20 || x > size[0] + 60 || y > size[1] + 20)) return;
    tries += 1;
    done.add(p);
    let found = false;
    for (const at of named.get(p) ?? []) {
      const offers = [brief && alone(at) ? null : at, lessNow(at), alone(at)].filter(Boolean)
        .map((each) => (scene.grid && square ? cropped(each, view) : each));
      found = offers.some((each) => put(each, false, over) || put(each, false, over, TIGHT)) || found;
    }
    found ||= !scene.grid && !ROWS && (p.loose ??= loose(p)).some((each) => put(each, false, over));
    if (found) count += 1;
  };
  if (lit) {
    lit.forEach((p, k) => name(p, k === 0));
    if (ROWS) ranked.forEach((p) => (named.get(p) ?? []).forEach((each) => p.shown && !done.has(p) && put(each, true)));
    for (const each of tags) {
      if (cramped(each, view.scale)) continue;
      const [at, least] = each.stood ?? [each, leastOf(each)];
      const now = headingNow(at);
      if (now.parts.length) put(now, true, true, least);
    }
  } else {
    const names = () => ranked.forEach((p) => name(p, false));
    titled.forEach((p) => name(p, true));
    if (scene.grid) names();
    const edge = Math.max(...chosen.map(({ each, x, grow }) => (each.parts[0].upright ? -Infinity : x + each.box[2] * grow)));
    for (const each of tags) {
      if (cramped(each, view.scale)) continue;
      const offers = [each, alone(each), uncounted(each)].filter(Boolean);
      const ways = offers.flatMap((offer) => [[offer, leastOf(each)], [offer, TIGHT]]);
      if (!scene.grid && !PLOTTED && !ROWS) ways.push(...[stepped, below].flatMap((how) => offers.flatMap((offer) => how(offer, view.scale))));
      if (scene.grid) ways.push(...offers.map((offer) => [beyond(offer, edge, view), TIGHT]).filter(([at]) => at));
      if (!scene.grid && !PLOTTED && !ROWS) ways.push(...[...offers].reverse().flatMap(amid));
      ways.push(...[...offers].reverse().map((offer) => [offer, TIGHT, true])); // what must lie on others says least
      each.stood = ways.find(([offer, least, over]) => {
        const now = headingNow(offer); // nothing, where nobody stands below it any more
        return !now.parts.length || put(now, false, over, least);
      });
    }
    if (!scene.grid) names();
  }
  return chosen;
}

// Letters at a place, upright where the picture has them so.
function letters(ctx, { text, px, bold, align, upright, color }, x, y, grow, halo) {
  ctx.font = `${bold ? "bold " : ""}${(px * grow).toFixed(2)}px ${FAMILY}`;
  ctx.textAlign = ["left", "center", "right"][align];
  ctx.direction = RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
  ctx.save();
  ctx.translate(x, y);
  if (upright) ctx.rotate(-Math.PI / 2);
  if (halo) {
    ctx.strokeStyle = shade(scene.paper);
    ctx.lineWidth = 3.2;
    ctx.strokeText(text, 0, 0);
  }
  ctx.fillStyle = shade(color);
  ctx.fillText(text, 0, 0);
  ctx.restore();
}

function write(ctx, chosen, halo) {
  ctx.lineJoin = "round";
  ctx.textBaseline = "alphabetic";
  for (const { each, x, y, grow, faint, plate } of chosen) {
    const lit = each.person && isMarked(each.person), round = framed.has(each.person) && !filtered();
    const name = lit || round ? alone(each) ?? each : null; // on a ground of its own, or in a frame
    if (plate) {
      ctx.globalAlpha = 0.85;
      ctx.fillStyle = shade(scene.paper);
      ctx.fillRect(plate[0], plate[1], plate[2] - plate[0], plate[3] - plate[1]);
    }
    ctx.globalAlpha = faint ? 0.45 : 1;
    if (name) {
      const [left, top, right, bottom] = name.box.map((side) => side * grow);
      ctx.fillStyle = shade(lit ? scene.lit : scene.paper);
      ctx.strokeStyle = shade(scene.grey);
      ctx.lineWidth = 1.4;
      ctx.beginPath();
      ctx.roundRect(x + left - 4, y + top - 1, right - left + 8, bottom - top + 2, (bottom - top) / 2);
      ctx.fill();
      if (round) ctx.stroke();
    }
    for (const part of each.parts) letters(ctx, part, x + part.x * grow, y + part.y * grow, grow, halo && !name?.parts.includes(part));
  }
  ctx.globalAlpha = 1;
}

// Numbers on marks belong to the mark, and grow with it; in a cell they fill it while it is small.
const SMALL = 9.5;
function growthOnMark(each, scale) {
  if (each.kind !== 3 || !pitch) return scale;
  return Math.max(scale, Math.min(SMALL / each.px, (0.76 * pitch * scale - 2) / Math.max(each.width, each.px)));
}

function writeOnMarks(ctx, view, lit, kept) {
  ctx.textBaseline = "alphabetic";
  for (const was of onMarks) {
    const each = signOf(was);
    if (!each) continue;
    const grow = growthOnMark(each, view.scale), px = each.px * grow;
    const [p, tie] = [people[each.person], ties[each.tie]];
    if (px < 5 || !(p ?? tie).shown) continue;
    ctx.globalAlpha = lit && !(p ? lit.has(p) : kept.has(each.tie)) ? 0.25 : 1;
    letters(ctx, each, each.x * view.scale + view.x, each.y * view.scale + view.y + 0.36 * (px - each.px * view.scale), grow, false);
  }
  ctx.globalAlpha = 1;
}
