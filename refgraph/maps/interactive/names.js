// Where names go on the screen: where the picture has them, more when there is room, never two
// on one spot.

const FAMILY = '"DejaVu Sans", system-ui, -apple-system, "Segoe UI", sans-serif';
const SMALLEST = 11.5, TIGHT = 10, LARGEST = 1.5, MOST = 140, TRIES = 260, LONGEST = 34, RING = 5;
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

function word([text, x, y, width, px, color, align, bold, person, kind]) {
  const found = {
    text, x: x / TENTHS, y: y / TENTHS, px: px / TENTHS,
    color: scene.colors[color], align, bold: Boolean(bold), person, kind,
  };
  found.width = widthOf(text, found.px, found.bold);
  const left = found.x - (align * found.width) / 2;
  found.box = [left, found.y - 0.78 * found.px, left + found.width, found.y + 0.24 * found.px];
  return found;
}

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const within = (p, box) => Math.hypot((box[0] + box[2]) / 2 - p.x, (box[1] + box[3]) / 2 - p.y) < p.r;

// A tag is what is written together: a name and the words beside it, or a heading. It keeps its
// anchor on the map and grows away from it.
function tag(words, person, x, y) {
  const parts = words.map((each) => ({ ...each, x: each.x - x, y: each.y - y }));
  const box = [0, 1, 2, 3].map((side) =>
    Math[side < 2 ? "min" : "max"](...words.map((each) => each.box[side])) - (side % 2 ? y : x));
  const px = person ? words[0].px : Math.min(...words.map((each) => each.px));
  return { parts, person, x, y, box, px };
}

const words = scene.texts.map(word);
const onMarks = words.filter((each) => each.kind === 1 ||
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
    const { box } = all[0], p = people[i];
    const found = tag(all, p, clamp(p.x, box[0], box[2]), clamp(p.y, box[1], box[3]));
    named.set(p, found);
  }
  // Words of one line that follow each other closely stay together.
  const rest = beside.filter((each) => each.person < 0);
  while (rest.length) {
    const line = [rest.shift()];
    for (let k = 0; k < rest.length; k += 1) {
      const near = line.some((each) => Math.abs(each.y - rest[k].y) < 1 &&
        Math.min(Math.abs(each.box[2] - rest[k].box[0]), Math.abs(rest[k].box[2] - each.box[0])) < 18);
      if (near) {
        line.push(...rest.splice(k, 1));
        k = -1;
      }
    }
    const low = Math.min(...line.map((each) => each.box[0]));
    const high = Math.max(...line.map((each) => each.box[2]));
    const x = [low, (low + high) / 2, high][line[0].align];
    tags.push(tag(line, null, x, line[0].y));
  }
}

const weight = (p) => p.given.length + p.received.length;
const ranked = people.filter((p) => p.drawn)
  .sort((a, b) => named.has(b) - named.has(a) || b.r - a.r || weight(b) - weight(a) || a.i - b.i);
const inked = new Set(onMarks.filter((each) => each.kind === 2).map((each) => people[each.person]));

// Names the picture had no room for may stand on any side of their mark.
const PLAIN = { px: 13, color: "#1a1d21", bold: false };
function loose(p) {
  const text = shortened(called(p)), gap = p.r + 4, width = widthOf(text, PLAIN.px, false);
  const at = (x, y, align, left) => ({
    parts: [{ text, x: 0, y: 0, align, kind: 2, ...PLAIN }], person: p, x: p.x, y: p.y, px: PLAIN.px,
    shift: [x, y], box: [left, -0.78 * PLAIN.px, left + width, 0.24 * PLAIN.px],
  });
  return [at(gap, 4.5, 0, 0), at(-gap, 4.5, 2, -width), at(0, -gap, 1, -width / 2),
    at(0, gap + 10, 1, -width / 2)];
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
const growth = (each, scale, least = SMALLEST) =>
  clamp(scale, least / each.px, Math.max(LARGEST, least / each.px));

// The name or heading alone, where the words beside it find no room.
function alone(each) {
  each.short ??= each.parts.length > 1 ? {
    ...each, parts: each.parts.slice(0, 1),
    box: each.parts[0].box.map((side, k) => side - (k % 2 ? each.y : each.x)),
  } : null;
  return each.short;
}

// Choose what is written at this view: headings first, then names by weight.
function layOut(view, size, lit) {
  const room = new Room(), chosen = [];
  let count = 0, tries = 0;
  const brief = fitted().short && view.scale < 1.4 * fitted().scale; // all without side words, or none
  const put = (each, faint, over, least) => {
    const grow = growth(each, view.scale, least);
    const [right, down] = each.shift ?? [0, 0];
    const aside = lit && each.person === lit[0] ? RING * (1 - each.parts[0].align) : 0;
    let x = each.x * view.scale + view.x + right * Math.max(view.scale, each.shift ? 0.5 : 0) + aside;
    const y = each.y * view.scale + view.y + down * Math.max(view.scale, each.shift ? 0.5 : 0);
    if (!each.person && x > 0 && x < size[0]) { // a heading stays on the screen with its place
      x = Math.max(Math.min(x, size[0] - 4 - each.box[2] * grow), 4 - each.box[0] * grow);
    }
    const box = [x + each.box[0] * grow - 1, y + each.box[1] * grow, x + each.box[2] * grow + 1, y + each.box[3] * grow];
    if (box[2] < 0 || box[3] < 0 || box[0] > size[0] || box[1] > size[1]) return false;
    if (each.person && (box[0] < 0 || box[2] > size[0])) return false; // a name is never cut
    if (!room.free(box)) return false;
    if (!over && (each.shift || grow > 1.02 * view.scale) && misleads(box, view, each.person)) return false;
    room.take(box);
    chosen.push({ each, x, y, grow, faint });
    return true;
  };
  const name = (p, over) => {
    if (count >= MOST || tries >= TRIES || !p.shown || inked.has(p)) return;
    const x = p.x * view.scale + view.x, y = p.y * view.scale + view.y;
    if (x < -60 || y < -20 || x > size[0] + 60 || y > size[1] + 20) return;
    tries += 1;
    const at = named.get(p);
    const offers = at ? [brief && alone(at) ? null : at, alone(at)].filter(Boolean) : [];
    const found = offers.some((each) => put(each, false, over) || put(each, false, over, TIGHT)) ||
      (p.loose ??= loose(p)).some((each) => put(each, false, over));
    if (found) count += 1;
  };
  if (lit) {
    lit.forEach((p, k) => name(p, k === 0));
    for (const each of tags) put(each, true, true);
  } else {
    for (const each of tags) {
      const offers = [each, alone(each)].filter(Boolean);
      const found = offers.some((offer) => put(offer, false, false) || put(offer, false, false, TIGHT));
      if (!found) offers.some((offer) => put(offer, false, true, TIGHT));
    }
    for (const p of ranked) name(p, false);
  }
  return chosen;
}

function write(ctx, chosen, halo) {
  ctx.lineJoin = "round";
  ctx.textBaseline = "alphabetic";
  for (const { each, x, y, grow, faint } of chosen) {
    ctx.globalAlpha = faint ? 0.45 : 1;
    for (const part of each.parts) {
      ctx.font = `${part.bold ? "bold " : ""}${(part.px * grow).toFixed(2)}px ${FAMILY}`;
      ctx.textAlign = ["left", "center", "right"][part.align];
      ctx.direction = RIGHT_TO_LEFT.test(part.text) ? "rtl" : "ltr";
      if (halo) {
        ctx.strokeStyle = shade(scene.paper);
        ctx.lineWidth = 3.2;
        ctx.strokeText(part.text, x + part.x * grow, y + part.y * grow);
      }
      ctx.fillStyle = shade(part.color);
      ctx.fillText(part.text, x + part.x * grow, y + part.y * grow);
    }
  }
  ctx.globalAlpha = 1;
}

// Numbers on marks belong to the mark, and grow with it.
function writeOnMarks(ctx, view, lit) {
  ctx.textBaseline = "alphabetic";
  for (const each of onMarks) {
    const px = each.px * view.scale;
    if (px < 5 || !people[each.person].shown) continue;
    ctx.globalAlpha = lit && !lit.has(people[each.person]) ? 0.25 : 1;
    ctx.font = `${each.bold ? "bold " : ""}${px.toFixed(2)}px ${FAMILY}`;
    ctx.textAlign = ["left", "center", "right"][each.align];
    ctx.direction = RIGHT_TO_LEFT.test(each.text) ? "rtl" : "ltr";
    ctx.fillStyle = shade(each.color);
    ctx.fillText(each.text, each.x * view.scale + view.x, each.y * view.scale + view.y);
  }
  ctx.globalAlpha = 1;
}
