// Of a matrix: who meets in a cell, and the row and the column to light.

const crossed = scene.grid ? people.filter((p) => p.drawn) : [];
const pitch = crossed.length > 1 ? crossed[1].x - crossed[0].x : 0;

// The box about all cells.
const square = pitch ? [crossed[0].x, crossed[0].y, crossed.at(-1).x, crossed.at(-1).y]
  .map((side, k) => side + (k < 2 ? -pitch : pitch) / 2) : null;

stage.classList.toggle("grid", scene.grid);

function tieAt(x, y) {
  if (!pitch) return null;
  const at = (value, first) => crossed[Math.floor((value - first) / pitch + 0.5)];
  const giver = at((y - view.y) / view.scale, crossed[0].y);
  const receiver = at((x - view.x) / view.scale, crossed[0].x);
  return giver?.given.find((tie) => tie.receiver === receiver && tie.shown) ?? null;
}

const backOf = (tie) => tie.receiver.given.find((each) => each.receiver === tie.giver);

// Lay a ground under the row of who gives and the column of who receives.
function cross(ctx, giver, receiver) {
  const [left, top, right, bottom] = square;
  ctx.fillStyle = shade(scene.lit);
  ctx.globalAlpha = 0.55;
  ctx.beginPath();
  ctx.rect(left, giver.y - pitch / 2, right - left, pitch);
  ctx.rect(receiver.x - pitch / 2, top, pitch, bottom - top);
  ctx.fill();
  ctx.globalAlpha = 1;
}

function tipOfTie(tie) {
  const head = make("strong"), back = backOf(tie), days = tie.days.map(([day]) => day);
  head.append(nameOf(tie.giver), " to ", nameOf(tie.receiver));
  const told = [make("p", many(tie.count, "referral"))];
  if (back?.count) told.push(make("p", `${number(back.count)} the other way`));
  if (days.length) told.push(make("p", spanOf(days), { class: "faint" }));
  return [head, ...told];
}
