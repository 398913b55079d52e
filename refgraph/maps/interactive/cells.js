// Of a matrix: who meets in a cell, and the row and the column to light.

const crossed = scene.grid ? people.filter((p) => p.drawn) : [];
const pitch = crossed.length > 1 ? crossed[1].x - crossed[0].x : 0;

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
  const [first, last] = [crossed[0], crossed.at(-1)], long = last.x - first.x + pitch;
  ctx.fillStyle = shade(scene.lit);
  ctx.globalAlpha = 0.55;
  ctx.beginPath();
  ctx.rect(first.x - pitch / 2, giver.y - pitch / 2, long, pitch);
  ctx.rect(receiver.x - pitch / 2, first.y - pitch / 2, pitch, long);
  ctx.fill();
  ctx.globalAlpha = 1;
}

const spanOf = (days) => {
  const [first, last] = [Math.min(...days), Math.max(...days)].map(asDate);
  return first === last ? `on ${first}` : `from ${first} to ${last}`;
};

function tipOfTie(tie) {
  const head = make("strong"), back = backOf(tie), days = tie.days.map(([day]) => day);
  head.append(nameOf(tie.giver), " to ", nameOf(tie.receiver));
  const told = [make("p", [many(tie.count, "referral"), days.length ? spanOf(days) : ""].filter(Boolean).join(", "))];
  if (back?.count) told.push(make("p", `${number(back.count)} the other way`));
  return [head, ...told];
}
