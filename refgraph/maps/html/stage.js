// The map on the screen: the camera, what is painted, and who is looked at.

const canvas = $("map"), stage = $("stage"), pen = canvas.getContext("2d");
const view = { scale: 1, x: 0, y: 0 };
const state = { start: null, from: null, way: null, hover: null, tie: null, pick: null, moved: false, drag: false };
const still = matchMedia("(prefers-reduced-motion: reduce)");
const SETTLED = 140, SLOW = 28, MANY = 3000; // ms, ms a frame, shapes
let size = [0, 0], dots = 1, bundles = [], cells = new Map(), asked = false, changed = 0;
let picture = null, overall = null, job = null, lit = null, litShapes = [], litTies = [], kept = new Set();

// Where people are, by cells of 40 pixels of the map.
const CELL = 40;
function eachCell(x0, y0, x1, y1, act) {
  for (let i = Math.floor(x0 / CELL); i <= Math.floor(x1 / CELL); i += 1) {
    for (let j = Math.floor(y0 / CELL); j <= Math.floor(y1 / CELL); j += 1) act(i * 20011 + j);
  }
}

function near(x0, y0, x1, y1) {
  const found = [];
  eachCell(x0, y0, x1, y1, (cell) => { if (cells.has(cell)) found.push(...cells.get(cell)); });
  return found;
}

function personAt(x, y, reach) {
  const [wx, wy] = [(x - view.x) / view.scale, (y - view.y) / view.scale], more = reach / view.scale;
  let best = null, least = Infinity;
  for (const p of near(wx - more, wy - more, wx + more, wy + more)) {
    const gap = Math.max(Math.hypot(p.x - wx, p.y - wy) - p.r, 0);
    if (gap <= more && gap < least) [best, least] = [p, gap];
  }
  return best ?? nameAt(x, y);
}

function nameAt(x, y) {
  const found = written.find(({ each, x: ax, y: ay, grow }) => each.person &&
    x >= ax + each.box[0] * grow && x <= ax + each.box[2] * grow &&
    y >= ay + each.box[1] * grow && y <= ay + each.box[3] * grow);
  return found ? found.each.person : null;
}

// Whether a name would lie on somebody else's mark, or nearer to it than to its own.
function misleads(box, at, person) {
  const [x0, y0, x1, y1] = [(box[0] - at.x) / at.scale, (box[1] - at.y) / at.scale,
    (box[2] - at.x) / at.scale, (box[3] - at.y) / at.scale];
  const gap = (p) => Math.hypot(clamp(p.x, x0, x1) - p.x, clamp(p.y, y0, y1) - p.y) - p.r;
  const own = person ? Math.max(gap(person), 0) : 0;
  const inLine = (p) => p.y >= y0 && p.y <= y1;
  const level = person && inLine(person); // a name in line with its mark is not taken for that of a mark above it
  for (const p of near(x0 - own, y0 - own, x1 + own, y1 + own)) {
    if (p !== person && gap(p) < own && (!level || inLine(p) || gap(p) <= 0)) return true;
  }
  return false;
}

// After a filter: bundle what is left, and forget the picture of what was.
function refresh() {
  redress();
  bundles = bundle(ink.filter((shape) => visible(shape) && !joined.has(shape)));
  cells = new Map();
  for (const p of people) {
    if (!p.shown) continue;
    eachCell(p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r, (cell) => {
      if (!cells.has(cell)) cells.set(cell, []);
      cells.get(cell).push(p);
    });
  }
  repaint();
}

function repaint() {
  picture = overall = job = null;
  lightUp();
  redraw();
}

function redraw() {
  if (!asked) requestAnimationFrame(frame);
  asked = true;
}

function moved(whole = false) { // whether it is the whole map again that is shown
  changed = performance.now();
  state.moved = !whole;
  if (picture) job = null;
  redraw();
}

const inView = (box, at = view, [w, h] = size) => box[2] * at.scale + at.x > -4 &&
  box[3] * at.scale + at.y > -4 && box[0] * at.scale + at.x < w + 4 && box[1] * at.scale + at.y < h + 4;

const place = (ctx, at) => ctx.setTransform(dots * at.scale, 0, 0, dots * at.scale, dots * at.x, dots * at.y);
const onScreen = (ctx) => ctx.setTransform(dots, 0, 0, dots, 0, 0);
const faintness = ({ style }) => (style.tie === -2 && !style.flow && filtered() ? 0.3 : 1);

// The full picture is painted a part a frame, and takes the old one's place when done. How large a
// part, the time between frames tells: painting itself returns before it is done.
function* painting({ sheet, at }) {
  [sheet.width, sheet.height] = [canvas.width, canvas.height];
  const ctx = sheet.getContext("2d");
  ctx.fillStyle = shade(scene.paper);
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  place(ctx, at);
  for (const each of bundles) {
    if (!inView(each.box, at)) continue;
    paint(ctx, each, at.scale, faintness(each));
    yield each.size;
  }
  innerTies(ctx, at);
}

// Nearer to, ties inside a group show that the picture had no room for; those between groups are
// ribbons. Where too many are in view, they would say nothing.
const NEARER = 1.6, FEW = 600;
const drawnTies = new Set(ink.map((shape) => shape.tie));
const insides = scene.grid || scene.sheet || PLOTTED ? [] : ties.filter((tie) => !drawnTies.has(tie.k) &&
  tie.giver.drawn && tie.receiver.drawn && tie.giver.group && tie.giver.group === tie.receiver.group);

function innerTies(ctx, at) {
  if (at.scale < NEARER * fitted().scale) return;
  const seen = insides.filter(({ shown, giver: a, receiver: b }) => shown && inView(
    [Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y)], at));
  if (seen.length > FEW) return;
  ctx.strokeStyle = shade(scene.grey);
  ctx.lineWidth = 0.9 / at.scale;
  ctx.globalAlpha = 0.45;
  ctx.setLineDash([]);
  for (const { giver: a, receiver: b } of seen) {
    const far = Math.hypot(b.x - a.x, b.y - a.y) || 1, [dx, dy] = [(b.x - a.x) / far, (b.y - a.y) / far];
    ctx.beginPath();
    ctx.moveTo(a.x + dx * a.r, a.y + dy * a.r);
    ctx.lineTo(b.x - dx * b.r, b.y - dy * b.r);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

let part = 1500, before = 0;

function advance() {
  if (!job) {
    job = { sheet: document.createElement("canvas"), at: { ...view } };
    job.steps = painting(job);
  }
  const took = performance.now() - before;
  if (before) part = clamp(part * (took > SLOW ? 0.6 : 1.3), 150, 12000);
  before = performance.now();
  for (let left = picture ? part : 3 * part; left > 0;) {
    const step = job.steps.next();
    left -= step.value ?? 0;
    if (!step.done) continue;
    before = 0;
    picture = job;
    job = null;
    const { at } = picture, [x0, y0, x1, y1] = extent;
    const all = [x0 * at.scale + at.x, y0 * at.scale + at.y, size[0] - x1 * at.scale - at.x, size[1] - y1 * at.scale - at.y];
    if (all.every((room) => room > -1)) overall = picture;
    return;
  }
}

const same = (a, b) => a.scale === b.scale && a.x === b.x && a.y === b.y;
let written = [], wrote = {};

// While the map is dragged its names go along; they are placed anew when it stands still.
const carried = () => written.map((each) =>
  ({ ...each, x: each.x + view.x - wrote.x, y: each.y + view.y - wrote.y }));

function frame() {
  asked = false;
  if (!size[0] || !size[1]) return;
  glide();
  const fresh = () => picture && same(picture.at, view);
  if (picture && performance.now() - changed <= SETTLED) before = 0;
  if (!fresh() && (!picture || performance.now() - changed > SETTLED)) advance();
  if (!fresh()) redraw();
  const focus = state.hover ?? state.tie ?? state.pick;
  const ctx = pen;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.fillStyle = shade(scene.paper);
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.globalAlpha = focus ? 0.2 : 1;
  backdrop(ctx);
  ctx.globalAlpha = 1;
  if (focus) highlight(ctx, focus);
  onScreen(ctx);
  writeOnMarks(ctx, view, lit && new Set(lit), kept);
  written = state.drag && wrote.scale === view.scale && wrote.lit === lit && wrote.focus === focus
    ? carried() : layOut(view, size, lit);
  wrote = { ...view, lit, focus };
  tellBeside();
  place(ctx, view);
  lead(ctx, written, view.scale);
  onScreen(ctx);
  write(ctx, written, !state.drag || bundles.length < MANY);
}

// Show the last picture where it now belongs; what it does not reach comes from the picture of
// the whole map, or is sketched.
function backdrop(ctx) {
  const faint = ctx.globalAlpha, last = picture ?? job;
  const [x, y, w, h] = moveTo(last.at);
  if (!same(last.at, view) && (x > 0 || y > 0 || x + w < size[0] || y + h < size[1])) {
    ctx.save();
    onScreen(ctx);
    ctx.beginPath();
    ctx.rect(0, 0, ...size);
    ctx.rect(x, y, w, h);
    ctx.clip("evenodd");
    if (overall) ctx.drawImage(overall.sheet, ...moveTo(overall.at));
    else sketch(ctx, faint);
    ctx.restore();
  }
  onScreen(ctx);
  ctx.globalAlpha = faint;
  ctx.imageSmoothingQuality = "low";
  ctx.drawImage(last.sheet, x, y, w, h);
}

function moveTo(at) {
  const grow = view.scale / at.scale;
  return [view.x - at.x * grow, view.y - at.y * grow, size[0] * grow, size[1] * grow];
}

function sketch(ctx, faint) {
  place(ctx, view);
  for (const each of bundles) {
    const light = ink.length < MANY || each.style.person >= 0;
    if (light && inView(each.box)) paint(ctx, each, view.scale, faint * faintness(each));
  }
}

// Who brought somebody, and who brought those, up to whoever started it.
function upward(p) {
  const found = [];
  for (let at = p; at;) {
    const tie = at.received.find((each) => each.count && !found.includes(each));
    if (tie) found.push(tie);
    at = tie?.giver;
  }
  return found;
}

const between = (steps) => steps.slice(1).flatMap((p, k) =>
  [...p.given.filter((tie) => tie.receiver === steps[k]), ...p.received.filter((tie) => tie.giver === steps[k])]);

// The fewest steps from one person to another, along ties shown, whoever gave; [] for no way.
function wayFrom(a, b) {
  const cameFrom = new Map([[a, null]]);
  let edge = [a];
  while (edge.length && !cameFrom.has(b)) {
    const next = [];
    for (const p of edge) {
      for (const tie of [...p.given, ...p.received]) {
        const other = tie.giver === p ? tie.receiver : tie.giver;
        if (!tie.shown || cameFrom.has(other)) continue;
        cameFrom.set(other, p);
        next.push(other);
      }
    }
    edge = next;
  }
  const found = [];
  for (let at = cameFrom.has(b) ? b : null; at; at = cameFrom.get(at)) found.unshift(at);
  return found;
}

// Whoever is looked at, with everybody tied to them.
function lightUp() {
  const p = state.hover ?? (state.tie ? null : state.pick), { tie } = state;
  if (!p && !tie) {
    [lit, litShapes, litTies] = [null, [], []];
    return;
  }
  const up = p && scene.brought ? upward(p) : [];
  const steps = p && p === state.pick && state.way;
  const order = steps ? steps.filter((each) => each !== p) : p ? tally(p).rows.map((row) => row.other).filter((other) => other.shown) : [tie.receiver];
  lit = [...new Set([p ?? tie.giver, ...order, ...up.map((each) => each.giver)])];
  const whose = new Set(lit.map((each) => each.i));
  const theirs = (steps ? between(steps) : p ? [...p.given, ...p.received, ...up] : [tie, backOf(tie)]).filter((each) => each?.shown);
  kept = new Set(theirs.map((each) => each.k));
  litShapes = bundle(ink.filter((shape) => visible(shape) &&
    (kept.has(shape.tie) || whose.has(shape.person))));
  const drawn = new Set(ink.map((shape) => shape.tie));
  litTies = theirs.filter((each) => !drawn.has(each.k));
}

function highlight(ctx, focus) {
  place(ctx, view);
  if (scene.grid) cross(ctx, focus.giver ?? focus, focus.receiver ?? focus);
  ctx.strokeStyle = shade(scene.grey);
  ctx.lineWidth = 1.2 / view.scale;
  ctx.setLineDash([5 / view.scale, 4 / view.scale]);
  for (const { giver, receiver } of litTies) {
    ctx.beginPath();
    ctx.moveTo(giver.x, giver.y);
    ctx.lineTo(receiver.x, receiver.y);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  for (const each of litShapes) paint(ctx, each, view.scale, 1, true);
  for (const each of [state.hover, state.pick]) {
    if (!each || !each.shown) continue;
    ctx.beginPath();
    ctx.arc(each.x, each.y, each.r + 3.5 / view.scale, 0, 2 * Math.PI);
    ctx.setLineDash([]);
    ctx.strokeStyle = shade(scene.ink);
    ctx.lineWidth = 2.2 / view.scale;
    ctx.stroke();
  }
}

// --- the camera

// The box about everything: of a curve its ends and its middle, which its control points overshoot.
const extent = [Infinity, Infinity, -Infinity, -Infinity];
function stretch(x0, y0, x1, y1) {
  [extent[0], extent[1]] = [Math.min(extent[0], x0), Math.min(extent[1], y0)];
  [extent[2], extent[3]] = [Math.max(extent[2], x1), Math.max(extent[3], y1)];
}
for (const { code, points: p, box } of ink) {
  if (code === "MQ") {
    const x = (p[0] + 2 * p[2] + p[4]) / 4, y = (p[1] + 2 * p[3] + p[5]) / 4;
    for (const [px, py] of [[p[0], p[1]], [x, y], [p[4], p[5]]]) stretch(px, py, px, py);
  } else stretch(...box);
}
for (const p of people) if (p.drawn) stretch(p.x - p.r, p.y - p.r, p.x + p.r, p.y + p.r);
for (const { box } of words) stretch(...box);
if (extent[0] === Infinity) stretch(0, 0, ...scene.size);

// How far the map and its names reach at some scale: left, top, right, bottom.
function reach(scale, short) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const take = (x0, y0, x1, y1) => {
    [box[0], box[1]] = [Math.min(box[0], x0), Math.min(box[1], y0)];
    [box[2], box[3]] = [Math.max(box[2], x1), Math.max(box[3], y1)];
  };
  const bare = scene.grid && short; // without the captions of groups
  take(...(bare ? square : extent).map((side) => side * scale));
  for (const whole of [...(bare ? [] : tags), ...[...named.values()].flat()]) {
    const each = (short && ((short === LESS && partly(whole)) || alone(whole))) || whole;
    const grow = growth(each, scale), x = each.x * scale, y = each.y * scale;
    take(x + each.box[0] * grow, y + each.box[1] * grow, x + each.box[2] * grow, y + each.box[3] * grow);
  }
  return box;
}

const LESS = "less"; // with the words nearest to a name alone
let fit = null, buttons = null; // forgotten when the stage changes its size

const fitted = () => (fit ??= fitting());

// How far the buttons for zooming reach to the right and down, in the corner of a matrix.
function corner() {
  const zoom = $("zoom");
  return (buttons ??= [zoom.offsetLeft + zoom.offsetWidth + 4, zoom.offsetTop + zoom.offsetHeight + 4]);
}

// Whether the buttons for zooming lie on people or words.
function isCovered({ scale, x, y }) {
  const zoom = $("zoom"), right = zoom.offsetLeft + zoom.offsetWidth;
  if (scene.grid || !zoom.offsetHeight) return false;
  const under = (left, bottom) => left * scale + x < right && bottom * scale + y > zoom.offsetTop;
  return people.some((p) => p.drawn && under(p.x - p.r, p.y + p.r)) || words.some(({ box }) => under(box[0], box[3]));
}

function fitting() {
  const whole = fittingAbove(0);
  return isCovered(whole) ? fittingAbove(size[1] - $("zoom").offsetTop) : whole;
}

function fittingAbove(foot) {
  const pad = 12, [w, h] = [extent[2] - extent[0], extent[3] - extent[1]], tall = size[1] - foot;
  const most = Math.min((size[0] - 2 * pad) / w, (tall - 2 * pad) / h, 2);
  const plotted = newestFirst(most, pad);
  if (plotted) return plotted;
  const least = scene.grid ? [0.75, 0, 0.4] : OWED ? [0.92, 0.75, 0.75] : [0.75, 0, 0.75]; // of that scale
  for (const [k, short] of [false, LESS, true].entries()) {
    for (let scale = most; least[k] && scale > least[k] * most; scale *= 0.98) {
      const [x0, y0, x1, y1] = reach(scale, short);
      if (x1 - x0 > size[0] - 2 * pad || y1 - y0 > tall - 2 * pad) continue;
      return { scale, x: (size[0] - x0 - x1) / 2, y: (tall - y0 - y1) / 2, short };
    }
  }
  const [x0, y0, x1, y1] = extent.map((side) => side * most);
  return { scale: most, x: (size[0] - x0 - x1) / 2, y: (tall - y0 - y1) / 2, short: true };
}

const scales = () => [fitted().least ?? 0.7 * fitted().scale, Math.max(8, 4 * fitted().scale)];
let goal = null;

function settle({ scale, x, y }) {
  Object.assign(view, { scale, x, y });
}

function go(to, whole = false) {
  if (still.matches) settle(to);
  else goal = { from: { ...view }, to, whole, start: performance.now() };
  moved(whole);
}

function glide() {
  if (!goal) return;
  const { whole } = goal;
  const share = Math.min((performance.now() - goal.start) / 260, 1), eased = 1 - (1 - share) ** 3;
  for (const key of ["scale", "x", "y"]) view[key] = goal.from[key] + (goal.to[key] - goal.from[key]) * eased;
  if (share === 1) goal = null;
  moved(whole);
}

function zoomAt(x, y, factor) {
  goal = null;
  const [low, high] = scales(), scale = clamp(view.scale * factor, low, high);
  const by = scale / view.scale;
  Object.assign(view, { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by });
  moved();
}

function showAll() {
  go(fitted(), true);
}

function bringIn(p) {
  if (!size[0]) return; // once there is a size
  const x = p.x * view.scale + view.x, y = p.y * view.scale + view.y, edge = 60;
  if (x > edge && y > edge && x < size[0] - edge && y < size[1] - edge) return;
  go({ scale: view.scale, x: size[0] / 2 - p.x * view.scale, y: size[1] / 2 - p.y * view.scale });
}

function resize() {
  const [w, h] = [canvas.clientWidth, canvas.clientHeight];
  const sharp = Math.min(devicePixelRatio || 1, 3);
  if (!w || !h || (w === size[0] && h === size[1] && sharp === dots)) return;
  const first = !size[0];
  const [cx, cy] = [(size[0] / 2 - view.x) / view.scale, (size[1] / 2 - view.y) / view.scale];
  [size, dots] = [[w, h], sharp];
  [canvas.width, canvas.height] = [Math.round(w * dots), Math.round(h * dots)];
  fit = buttons = null;
  if (state.moved) Object.assign(view, { x: w / 2 - cx * view.scale, y: h / 2 - cy * view.scale });
  else settle(fitted());
  goal = picture = overall = job = null;
  if (first && state.pick?.shown) bringIn(state.pick);
  if (asked) return;
  asked = true;
  frame(); // at once, or the resized canvas would be empty for a moment
}

// --- who is looked at

function look(p, tie = null) {
  if (p === state.hover && tie === state.tie) return;
  [state.hover, state.tie] = [p, tie];
  canvas.classList.toggle("over", Boolean(p ?? tie));
  lightUp();
  redraw();
}

function choose(p, { announced = true } = {}) {
  state.from = p && p !== state.start ? state.start : null;
  state.way = state.from ? wayFrom(state.from, p) : null;
  state.start = null;
  state.pick = p;
  state.hover = state.tie = null;
  lightUp();
  hideTip();
  showCard(p, announced);
  if (p?.shown) bringIn(p);
  redraw();
  dispatchEvent(new CustomEvent("choose", { detail: p }));
}
