// What mouse, fingers and keys do to the map.

const fingers = new Map();
let pressed = null;
const spot = (event) => {
  const at = canvas.getBoundingClientRect();
  return [event.clientX - at.left, event.clientY - at.top];
};

canvas.addEventListener("pointerdown", (event) => {
  canvas.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, spot(event));
  pressed = fingers.size === 1 ? { at: spot(event), far: false } : null;
  goal = null;
});

canvas.addEventListener("pointermove", (event) => {
  const [x, y] = spot(event), last = fingers.get(event.pointerId);
  if (!last) {
    const p = personAt(x, y, 6), tie = p ? null : tieAt(x, y);
    look(p, tie);
    if (p ?? tie) showTip(p ?? tie, x, y);
    else hideTip();
    return;
  }
  if (fingers.size === 1) {
    if (pressed && !pressed.far && Math.hypot(x - pressed.at[0], y - pressed.at[1]) < 5) return;
    if (pressed) pressed.far = true;
    if (!state.drag) {
      state.drag = true;
      canvas.classList.add("held");
      hideTip();
      look(null);
    }
    view.x += x - last[0];
    view.y += y - last[1];
    moved();
  } else {
    const other = [...fingers].find(([id]) => id !== event.pointerId)[1];
    const apart = (a, b) => Math.max(Math.hypot(a[0] - b[0], a[1] - b[1]), 1);
    const [mx, my] = [(last[0] + other[0]) / 2, (last[1] + other[1]) / 2];
    zoomAt(mx, my, apart([x, y], other) / apart(last, other));
    view.x += (x - last[0]) / 2;
    view.y += (y - last[1]) / 2;
  }
  fingers.set(event.pointerId, [x, y]);
});

function tap(x, y, mouse) {
  const tie = scene.grid ? tieAt(x, y) : null; // cells are too near each other for a wide finger
  const p = personAt(x, y, mouse || scene.grid ? 6 : 18);
  choose(p ?? tie?.giver ?? null);
  if (p || !tie) return;
  look(null, tie);
  showTip(tie, x, y);
}

function release(event) {
  if (!fingers.delete(event.pointerId)) return;
  canvas.classList.remove("held");
  if (event.type === "pointerup" && pressed && !pressed.far) {
    tap(...spot(event), event.pointerType === "mouse");
  }
  if (!fingers.size) {
    pressed = null;
    state.drag = false;
    redraw();
  }
}
for (const type of ["pointerup", "pointercancel"]) canvas.addEventListener(type, release);
canvas.addEventListener("pointerleave", () => {
  hideTip();
  if (!state.drag) look(null);
});

// In a notebook the wheel scrolls the notebook, until the map has been clicked.
canvas.addEventListener("wheel", (event) => {
  if (window !== window.top && document.activeElement !== canvas && !event.ctrlKey) return;
  event.preventDefault();
  const lines = event.deltaMode === 1 ? 24 : 1;
  zoomAt(...spot(event), Math.exp(-clamp(event.deltaY * lines, -240, 240) * (event.ctrlKey ? 0.008 : 0.0018)));
}, { passive: false });

$("closer").addEventListener("click", () => zoomAt(size[0] / 2, size[1] / 2, 1.5));
$("farther").addEventListener("click", () => zoomAt(size[0] / 2, size[1] / 2, 1 / 1.5));
$("whole").addEventListener("click", showAll);

// --- keys

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function neighbour([right, down]) {
  const from = state.hover ?? state.pick;
  const all = people.filter((p) => p.shown);
  if (!from?.shown) return me?.shown ? me : ranked.find((p) => p.shown);
  let best = null, least = Infinity;
  for (const p of all) {
    const along = (p.x - from.x) * right + (p.y - from.y) * down;
    const aside = Math.abs((p.x - from.x) * down) + Math.abs((p.y - from.y) * right);
    if (along > 1 && along + 2.5 * aside < least) [best, least] = [p, along + 2.5 * aside];
  }
  return best;
}

function nextByName(step) {
  const all = people.filter((p) => p.shown).sort((a, b) => (a.name < b.name ? -1 : 1));
  const at = all.indexOf(state.hover ?? state.pick);
  return all[(at + step + all.length) % all.length];
}

canvas.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const walk = WAYS[event.key];
  let p = null;
  if (walk && event.shiftKey) {
    view.x -= 60 * walk[0];
    view.y -= 60 * walk[1];
    moved();
  } else if (walk) p = neighbour(walk);
  else if (event.key === "PageDown") p = nextByName(1);
  else if (event.key === "PageUp") p = nextByName(-1);
  else if (event.key === "Home") p = ranked.find((each) => each.shown);
  else if (event.key === "Enter" || event.key === " ") choose(state.hover ?? state.pick);
  else if (event.key === "+" || event.key === "=") zoomAt(size[0] / 2, size[1] / 2, 1.3);
  else if (event.key === "-") zoomAt(size[0] / 2, size[1] / 2, 1 / 1.3);
  else if (event.key === "0") showAll();
  else return;
  event.preventDefault();
  if (p) {
    look(p);
    bringIn(p);
    hideTip();
    announce(inShort(p));
  }
});

new ResizeObserver(resize).observe(stage);
