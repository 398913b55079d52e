// The map as it stands on the screen as a picture to save, and as it is printed.

function broken(ctx, text, width) {
  const rows = [];
  for (const each of text.split(/\s+/)) {
    const longer = rows.length ? `${rows.at(-1)} ${each}` : each;
    if (rows.length && ctx.measureText(longer).width <= width) rows[rows.length - 1] = longer;
    else rows.push(each);
  }
  return rows;
}

// What is to stand above and below the map: each text with its place; gives the height of it all.
function lettering(ctx, texts, y, act) {
  for (const [text, px, color, bold] of texts) {
    ctx.font = `${bold ? "bold " : ""}${px}px ${FAMILY}`;
    for (const row of broken(ctx, text, size[0] - 40)) {
      y += 1.35 * px;
      if (act) {
        ctx.fillStyle = shade(color);
        ctx.fillText(row, 20, y);
      }
    }
  }
  return y + 10;
}

// Paint the map as it stands on the screen, so many pixels to each of its own.
function mapOn(ctx, sharp, head = 0) {
  ctx.save();
  ctx.setTransform(sharp, 0, 0, sharp, 0, sharp * head);
  ctx.beginPath();
  ctx.rect(0, 0, ...size);
  ctx.clip();
  ctx.save();
  ctx.transform(view.scale, 0, 0, view.scale, view.x, view.y);
  for (const each of bundles) paint(ctx, each, view.scale, (lit ? 0.2 : 1) * faintness(each));
  for (const each of litShapes) paint(ctx, each, view.scale, 1, true);
  const names = layOut(view, size, lit);
  lead(ctx, names, view.scale);
  ctx.restore();
  writeOnMarks(ctx, view, lit && new Set(lit), kept);
  write(ctx, names, true);
  ctx.restore();
}

function pictureOf(sharp = 2) {
  const sheet = document.createElement("canvas"), ctx = sheet.getContext("2d");
  const above = [[headline.textContent, 19, scene.ink, true], [subline.textContent, 13, scene.grey, false]];
  const below = scene.notes.map((note) => [note, 12, scene.grey, false]);
  const items = [...$("legend").children].map((item) => [item.querySelector("canvas"), item.textContent]);
  const head = lettering(ctx, above, 10), foot = head + size[1];
  ctx.font = `12px ${FAMILY}`;
  let [x, y] = [20, foot + 24];
  const places = items.map(([swatch, text]) => {
    const wide = parseFloat(swatch.style.width), all = wide + 30 + ctx.measureText(text).width;
    if (x > 20 && x + all > size[0] - 20) [x, y] = [20, y + 24];
    x += all;
    return [x - all, y, wide];
  });
  const high = lettering(ctx, below, y + 10) + 6;
  [sheet.width, sheet.height] = [Math.round(size[0] * sharp), Math.round(high * sharp)];
  ctx.fillStyle = shade(scene.paper);
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  mapOn(ctx, sharp, head);
  ctx.setTransform(sharp, 0, 0, sharp, 0, 0);
  ctx.textAlign = "left";
  lettering(ctx, above, 10, true);
  items.forEach(([swatch, text], k) => {
    const [left, base, wide] = places[k], tall = parseFloat(swatch.style.height);
    ctx.drawImage(swatch, left, base - 4 - tall / 2, wide, tall);
    ctx.font = `12px ${FAMILY}`;
    ctx.fillStyle = shade(scene.ink);
    ctx.fillText(text, left + wide + 7, base);
  });
  lettering(ctx, below, y + 10, true);
  return sheet;
}

$("picture").addEventListener("click", () => {
  const link = make("a", "", { download: "map.png", href: pictureOf().toDataURL("image/png") });
  link.click();
  announce("Saved as map.png");
});

// --- on paper: by day, sharp, and rows and plots whole, of which a screen shows a part

const SHEET = [980, 610]; // what is left of a sheet that lies, less heading and legend
const UPRIGHT = [860, 745]; // and of one that stands, with words as large as those around the map
let screen = null; // what is put back when all is printed

// A map that nobody has moved has the whole width of the sheet, whatever screen it was on.
function layOnSheet() {
  size = UPRIGHT;
  fit = fittingAbove(0); // there are no buttons
  const { scale, x, y, short } = fit, [, y0, , y1] = reach(scale, short);
  const high = Math.ceil(24 + y1 - y0), fits = high < size[1];
  settle({ scale, x, y: fits ? 12 - y0 : y });
  if (fits) size = [size[0], high];
}

function toPaper() {
  if (screen || !size[0]) return;
  screen = { size, view: { ...view }, written, wrote };
  night = false;
  document.documentElement.dataset.theme = "light";
  document.documentElement.style.setProperty("--paper", shade(scene.paper));
  drawLegend();
  if (ROWS || PLOTTED) {
    size = SHEET;
    const [w, h] = [extent[2] - extent[0], extent[3] - extent[1]], scale = Math.min((size[0] - 24) / w, (size[1] - 24) / h);
    settle({ scale, x: 12 - extent[0] * scale, y: 12 - extent[1] * scale });
    size = [size[0], Math.ceil(24 + h * scale)];
  } else if (!state.moved) layOnSheet();
  const sheet = $("paper"), sharp = 3;
  [sheet.width, sheet.height] = size.map((side) => Math.round(side * sharp));
  const ctx = sheet.getContext("2d");
  ctx.fillStyle = shade(scene.paper);
  ctx.fillRect(0, 0, sheet.width, sheet.height);
  mapOn(ctx, sharp);
}

function fromPaper() {
  if (!screen) return;
  ({ size, written, wrote } = screen);
  settle(screen.view);
  screen = fit = null;
  $("paper").width = $("paper").height = 0;
  dress();
}

addEventListener("beforeprint", toPaper);
addEventListener("afterprint", fromPaper);
document.body.classList.toggle("lying", ROWS || PLOTTED);
