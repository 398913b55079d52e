// A plot over time on the screen: where it is too narrow for the whole, the newest days come first.

const READABLE = scene.brought ? 0.75 : 0.6; // below that scale captions would lie on the lines
const READ = 0.85; // a scale at which rows are read with ease
stage.classList.toggle("plot", PLOTTED);
stage.classList.toggle("rows", ROWS); // the buttons for zooming stand below them
stage.classList.toggle("tall", PHONE); // as tall as its rows: one scrolls the page
if (PHONE) stage.style.aspectRatio = `${extent[2] - extent[0] + 24} / ${extent[3] - extent[1] + 90}`;

// The height is filled, clear of the buttons below; the days before are a drag away.
function newestFirst(most, pad) {
  if (ROWS && most < READABLE) { // rows are read from their upper left corner
    const scale = PHONE ? (size[0] - 2 * pad) / (extent[2] - extent[0]) : READ;
    return { scale, x: pad - scale * extent[0], y: pad - scale * extent[1], short: false, least: 0.9 * most };
  }
  if (!PLOTTED || most >= READABLE) return null;
  const low = $("zoom").offsetHeight + 14, tall = size[1] - pad - low;
  for (let scale = Math.min(tall / (extent[3] - extent[1]), 1); scale > most; scale *= 0.98) {
    const [, y0, x1, y1] = reach(scale, false);
    if (y1 - y0 > tall) continue;
    return { scale, x: size[0] - pad - x1, y: pad - y0 + (tall - y1 + y0) / 2, short: false, least: 0.9 * most };
  }
  return null;
}

// Letters that grow keep off what they are written at: days stay below the axis, counts on bars above.
function foothold(line, middle, top, bottom) {
  if (!PLOTTED || line[0].align !== 1) return middle;
  return top > scene.plot / TENTHS ? top : bottom;
}

// A line that joins words to their mark is drawn only where these words are.
const joins = new Map(); // by what they are joined to
for (const each of PLOTTED ? tags : []) {
  const [x0, y0, x1, y1] = each.box.map((side, k) => side + (k % 2 ? each.y : each.x));
  const meets = (y) => Math.min(Math.abs(y - y0), Math.abs(y - y1)) < 4;
  const shape = ink.find(({ code, points: p }) => code === "ML" && p.length === 4 && p[0] === p[2] &&
    p[0] >= x0 && p[0] <= x1 && (meets(p[1]) || meets(p[3])));
  if (shape) joins.set(each, shape);
}
const joined = new Set(joins.values());

// The numbers of the axis stay at the edge when they have left the screen.
const onAxis = (each) => PLOTTED && !each.person && each.parts[0].align === 2;

// Whether words that had to grow would hide a line or a bar; the totals at the right end never do.
function hides(box, at) {
  const [x0, y0, x1, y1] = [(box[0] - at.x) / at.scale, (box[1] - at.y) / at.scale,
    (box[2] - at.x) / at.scale, (box[3] - at.y) / at.scale];
  return ink.some(({ code, points: p }) => {
    if (!code.startsWith("ML") || p.length < 8) return false;
    for (let k = 0; k + 3 < p.length; k += 2) {
      if (Math.max(p[k], p[k + 2]) > x0 && Math.min(p[k], p[k + 2]) < x1 &&
        Math.max(p[k + 1], p[k + 3]) > y0 && Math.min(p[k + 1], p[k + 3]) < y1) return true;
    }
    return false;
  });
}
