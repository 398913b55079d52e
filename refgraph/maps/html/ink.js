// What is painted: the shapes of the picture, in its order, by day or by night.

const DARK = scene.theme === "dark"; // drawn for the night: its own colours then
let night = DARK;
const shades = new Map();
const LIT_BY_NIGHT = "#6b5a10"; // as the dark theme has it: turned over, it would hardly be seen

// Lightness (OKLab) by day and by night: paper turns dark, ink bright, hues stay.
const TURNED = [[0, 0.97], [0.25, 0.92], [0.5, 0.74], [0.66, 0.62], [0.8, 0.45], [0.87, 0.36],
  [0.915, 0.31], [0.96, 0.245], [1, 0.2]];

const ROUTE = DARK ? TURNED.map(([day, dark]) => [dark, day]).reverse() : TURNED;

function turned(lightness) {
  const known = clamp(lightness, ROUTE[0][0], ROUTE.at(-1)[0]);
  const k = Math.max(ROUTE.findIndex(([at]) => at >= known), 1);
  const [[a, from], [b, to]] = [ROUTE[k - 1], ROUTE[k]];
  return from + ((to - from) * (known - a)) / (b - a);
}

function shade(color) {
  if (night === DARK) return color;
  if (night && color === scene.lit && scene.theme === "light") return LIT_BY_NIGHT;
  if (!shades.has(color)) shades.set(color, turnedOver(color));
  return shades.get(color);
}

function turnedOver(color) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255;
    return part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92;
  });
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const L = turned(Math.min(0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s, 1));
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const [x, y, z] = [L + 0.3963377774 * A + 0.2158037573 * B, L - 0.1055613458 * A - 0.0638541728 * B,
    L - 0.0894841775 * A - 1.291485548 * B].map((part) => part ** 3);
  const parts = [4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z];
  const hex = parts.map((part) => {
    const clipped = Math.min(Math.max(part, 0), 1);
    const coded = clipped > 0.0031308 ? 1.055 * clipped ** (1 / 2.4) - 0.055 : 12.92 * clipped;
    return Math.round(coded * 255).toString(16).padStart(2, "0");
  });
  return `#${hex.join("")}${color.slice(7)}`;
}

const DENSE = 500, TILE = 240;

// Unfold layers into shapes, each with its points in pixels and its box.
function unfold(layers) {
  const shapes = [];
  const each = (value, k) => (Array.isArray(value) ? value[k] : value);
  for (const layer of layers) {
    const whose = { person: 0, tie: 0 };
    const owner = (name, k) => (layer[name] ? (whose[name] += layer[name][k]) : -1);
    layer.at.forEach((numbers, k) => {
      const points = new Float32Array(numbers.length);
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      const code = each(layer.code, k);
      let x = 0, y = 0;
      if (code === "O") {
        const [cx, cy, r] = numbers.map((value) => value / TENTHS);
        points.set([cx, cy, r]);
        box.splice(0, 4, cx - r, cy - r, cx + r, cy + r);
      } else {
        for (let at = 0; at < numbers.length; at += 2) {
          x += numbers[at];
          y += numbers[at + 1];
          points[at] = x / TENTHS;
          points[at + 1] = y / TENTHS;
          box[0] = Math.min(box[0], points[at]);
          box[1] = Math.min(box[1], points[at + 1]);
          box[2] = Math.max(box[2], points[at]);
          box[3] = Math.max(box[3], points[at + 1]);
        }
      }
      shapes.push({
        code, points, box, fill: each(layer.fill, k), line: each(layer.line, k),
        width: each(layer.width, k), dash: each(layer.dash ?? 0, k), layer,
        person: owner("person", k), tie: owner("tie", k), flow: layer.flow?.[k] ?? null,
      });
    });
  }
  return shapes;
}

function trace(path, { code, points: p }) {
  if (code === "O") {
    path.moveTo(p[0] + p[2], p[1]);
    path.arc(p[0], p[1], p[2], 0, 2 * Math.PI);
    return;
  }
  if (code === "P") {
    path.moveTo(p[0], p[1]);
    for (let at = 2; at < p.length; at += 2) path.lineTo(p[at], p[at + 1]);
    path.closePath();
    return;
  }
  let at = 0;
  for (const letter of code) {
    if (letter === "M") path.moveTo(p[at], p[at + 1]);
    else if (letter === "L") path.lineTo(p[at], p[at + 1]);
    else if (letter === "Q") path.quadraticCurveTo(p[at], p[at + 1], p[at + 2], p[at + 3]);
    else if (letter === "C") path.bezierCurveTo(p[at], p[at + 1], p[at + 2], p[at + 3], p[at + 4], p[at + 5]);
    else path.closePath();
    at += { M: 2, L: 2, Q: 4, C: 6, Z: 0 }[letter];
  }
}

// Put shapes of one style together: a canvas paints few long paths faster. Where hundreds lie in
// one layer, those of one style and tile of the map go together, so that tiles out of sight cost
// nothing; elsewhere the order of painting is kept to the shape.
function bundle(shapes, most = 150) {
  const counts = new Map(), bundles = [], open = new Map();
  for (const { layer } of shapes) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  let layer = null;
  for (const shape of shapes) {
    if (shape.layer !== layer) open.clear();
    ({ layer } = shape);
    const { box } = shape, dense = counts.get(layer) > DENSE;
    const tile = dense ? `${Math.round((box[0] + box[2]) / TILE)} ${Math.round((box[1] + box[3]) / TILE)} ` : "";
    const style = `${tile}${shape.fill} ${shape.line} ${shape.width} ${shape.dash} ${Math.min(shape.tie, 0)}`;
    let last = open.get(style);
    if (!last || last.size === most) {
      last = { style: shape, path: new Path2D(), box: [...box], size: 0 };
      bundles.push(last);
      if (!dense) open.clear();
      open.set(style, last);
    }
    trace(last.path, shape);
    last.size += 1;
    last.box[0] = Math.min(last.box[0], box[0]);
    last.box[1] = Math.min(last.box[1], box[1]);
    last.box[2] = Math.max(last.box[2], box[2]);
    last.box[3] = Math.max(last.box[3], box[3]);
  }
  return bundles;
}

// A tie that is pale in the picture is drawn in full where somebody looks at it.
const PALE = DARK ? 0.23 : 0.25;
function brightness(color) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255);
  return 0.3 * r + 0.59 * g + 0.11 * b;
}
function loud(color) {
  const away = Math.abs(brightness(color) - brightness(scene.paper));
  return color !== scene.paper && away < PALE ? scene.grey : color;
}

function paint(ctx, { style, path }, scale, faint = 1, lit = false) {
  const colored = (at) => shade(lit && style.tie >= 0 ? loud(scene.colors[at]) : scene.colors[at]);
  ctx.globalAlpha = faint;
  if (style.fill >= 0) {
    ctx.fillStyle = colored(style.fill);
    ctx.fill(path);
  }
  if (style.line >= 0 && style.width > 0) {
    ctx.strokeStyle = colored(style.line);
    const width = style.width / (style.tie === -2 ? Math.max(scale / fitted().scale, 1) : 1); // ribbons keep theirs
    ctx.lineWidth = Math.max(width, (lit && style.tie >= 0 ? 1 : 0.5) / scale); // none vanishes
    ctx.setLineDash(scene.dashes[style.dash]);
    ctx.stroke(path);
  }
  ctx.globalAlpha = 1;
}

function lead(ctx, written, scale) {
  for (const { each } of written) {
    const leader = joins.has(each) ? bundle([joins.get(each)])[0] : each.person && !each.shift && leaders.get(each.person);
    if (leader) paint(ctx, leader, scale);
  }
}

// The ground of a marked name goes where the name goes.
const isGround = (shape) => !scene.grid && !scene.sheet && shape.person >= 0 && scene.colors[shape.fill] === scene.lit;
// And so does the line round the name of somebody whom the title only counts.
const isFrame = ({ layer }) => layer.kind === "frame";
// A line that leads from a mark to its name is drawn only where that name stands as in the picture.
const isLeader = ({ code, points, fill, person, tie }) =>
  code === "ML" && points.length === 4 && person >= 0 && tie < 0 && fill < 0;
const unfolded = unfold(scene.layers);
const ink = unfolded.filter((shape) => !isGround(shape) && !isFrame(shape) && !isLeader(shape));
const marked = new Set(unfolded.filter(isGround).map((shape) => people[shape.person]));
const framed = new Set(unfolded.filter(isFrame).map((shape) => people[shape.person]));
const leaders = new Map(unfolded.filter(isLeader).map((shape) => [people[shape.person], bundle([shape])[0]]));
// Nobody's, in chains, is what leads to those summed up as others: filters do not count them anew.
const visible = (shape) => !(scene.brought && filtered() && shape.person < 0 && shape.tie === -1) &&
  !(shape.flow && filtered() && !shape.count) && (shape.person < 0 || people[shape.person].shown) &&
  (shape.tie < 0 || ties[shape.tie].shown);
