// What stands beside the map: search, filters, the selected person, the table and the legend.
// Names are data: they enter the page as text, each in an element of its own direction.

function make(tag, text = "", attributes = {}) {
  const element = document.createElement(tag);
  element.textContent = text;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function spanOf(days) {
  const [first, last] = [Math.min, Math.max].map((pick) => asDate(days.reduce((a, b) => pick(a, b))));
  return first === last ? `On ${first}` : `From ${first} to ${last}`;
}

const [GAVE, RECEIVED] = scene.brought ? ["brought", "was brought by"] : ["gave", "received"];
const heading = (text) => text[0].toUpperCase() + text.slice(1);
const nameOf = (p) => make("bdi", called(p));
const amount = (value) => (scene.told && !scene.brought ? (value ? number(value) : "–") : value ? "yes" : "–");

function announce(text) {
  $("live").textContent = text;
}

function inShort(p) {
  return [isolated(called(p)), traits(p), totals(p), standing(p)].filter(Boolean).join(". ");
}

function inWords(p) {
  const { rows } = tally(p), first = rows.slice(0, 12);
  const told = first.map(({ other, gave, received }) => {
    if (scene.shared) return isolated(called(other));
    const parts = scene.brought ? [gave && "brought by them", received && "brought them"]
      : [gave && `gave ${amount(gave)}`, received && `received ${amount(received)}`];
    return `${isolated(called(other))}: ${parts.filter(Boolean).join(", ")}`;
  });
  const more = rows.length - first.length;
  const list = told.length ? `Ties: ${told.join("; ")}${more ? `; and ${number(more)} more` : ""}` : "";
  return [inShort(p), list].filter(Boolean).join(". ");
}

// --- the tip at the pointer

const tip = $("tip");
let tipped = null;

function tipOfPerson(p) {
  const { rows } = tally(p), few = rows.slice(0, 5), head = make("strong");
  head.append(nameOf(p));
  const told = [traits(p), totals(p), standing(p)].filter(Boolean).map((text) => make("p", text));
  if (few.length) told.push(tableOfTies(few, false));
  if (rows.length > few.length) told.push(make("p", `and ${number(rows.length - few.length)} more: click to list them`, { class: "faint" }));
  return [head, ...told];
}

function showTip(about, x, y) {
  if (tipped !== about) {
    tip.replaceChildren(...(about.giver ? tipOfTie(about) : tipOfPerson(about)));
    tip.hidden = false;
    tipped = about;
  }
  const [w, h] = [tip.offsetWidth, tip.offsetHeight];
  const left = x + 18 + w > size[0] ? x - 18 - w : x + 18;
  tip.style.transform = `translate(${Math.round(Math.max(left, 4))}px, ${Math.round(clamp(y + 14, 4, Math.max(size[1] - h - 4, 4)))}px)`;
}

function hideTip() {
  tip.hidden = true;
  tipped = null;
}

// --- the selected person

function tableOfTies(rows, linked = true) {
  const table = make("table"), head = make("tr");
  head.append(make("th", "With", { scope: "col" }));
  if (!scene.shared) {
    head.append(make("th", GAVE, { class: "number", scope: "col" }), make("th", RECEIVED, { class: "number", scope: "col" }));
  }
  table.append(make("thead"), make("tbody"));
  table.tHead.append(head);
  for (const { other, gave, received } of rows) {
    const row = make("tr"), cell = make("td");
    if (linked) cell.append(link(other));
    else cell.append(nameOf(other));
    row.append(cell);
    if (!scene.shared) row.append(make("td", amount(gave), { class: "number" }), make("td", amount(received), { class: "number" }));
    table.tBodies[0].append(row);
  }
  return table;
}

function link(p) {
  const button = make("button", "", { type: "button" });
  button.append(nameOf(p));
  button.addEventListener("click", () => choose(p));
  return button;
}

function showCard(p, announced = true) {
  const card = $("card");
  card.replaceChildren();
  if (!p) {
    const hint = matchMedia("(hover: none)").matches ? "Tap a person to see their ties."
      : "Point at a person to see their ties; click to keep them.";
    card.append(make("p", people.some((each) => each.drawn) ? hint : "Nobody is on this map.", { class: "faint" }));
    if (announced) announce("");
    return;
  }
  const sums = tally(p), head = make("h2");
  head.append(nameOf(p));
  card.append(head);
  if (traits(p)) card.append(make("p", traits(p), { class: "faint", dir: "auto" }));
  card.append(make("p", totals(p, sums)));
  if (standing(p)) card.append(make("p", standing(p)));
  for (const line of known(p)) card.append(make("p", line, { dir: "auto" }));
  if (state.way) card.append(wayInWords(p));
  if (!p.drawn) card.append(make("p", "Not drawn on this map", { class: "faint" }));
  const days = [...p.given, ...p.received].flatMap((tie) => tie.days.map(([day]) => day));
  if (days.length) {
    card.append(make("p", spanOf(days), { class: "faint" }));
  }
  if (sums.rows.length) card.append(tableOfTies(sums.rows));
  const clear = make("button", "Clear", { type: "button" });
  clear.addEventListener("click", () => {
    choose(null);
    canvas.focus();
  });
  const foot = make("p"), way = make("button", "Way to…", { type: "button", id: "way" });
  way.addEventListener("click", () => {
    state.start = p;
    way.textContent = "Now choose whom to reach";
    announce("Now choose whom to reach");
    find.focus();
  });
  foot.append(clear, " ", way);
  card.append(foot);
  if (announced) announce(inWords(p));
}

// Who stands between two people, one after another.
function wayInWords(p) {
  const line = make("p", "", { id: "steps" }), all = state.way;
  if (!all.length) line.append("No way leads from ", nameOf(state.from), " to ", nameOf(p), " here.");
  else {
    line.append(`${many(all.length - 1, "step")}: `);
    all.forEach((each, k) => line.append(k ? " → " : "", nameOf(each)));
  }
  return line;
}

// --- search

const find = $("find"), hits = $("hits");
const index = people.map((p) => plain(`${p.name} ${mine(p) ? "you me" : ""}`));
const about = people.map((p) => plain([...p.aliases, p.profession, ...p.offers, ...p.needs].join(" ")));

// Every word asked for begins or stands in a name, in whatever order; else with one letter amiss.
const near1 = (a, b) => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rest = [a.slice(at), b.slice(at)];
  return [[1, 1], [1, 0], [0, 1]].some(([i, j]) => rest[1].slice(j).startsWith(rest[0].slice(i))) ||
    (rest[0][0] === rest[1][1] && rest[0][1] === rest[1][0] && rest[1].slice(2).startsWith(rest[0].slice(2)));
};
// A short word with a letter amiss may be anybody's: one beside it has to be right, and as long a word meant.
const close = (part, each) => near1(part, each) && (part.length > 3 ? each.length > 3 : part.length === 3 && Math.abs(each.length - 3) < 2);
function matches(text, wanted, amiss = false) {
  const parts = wanted.split(/\s+/), words = text.split(/[\s'-]+/);
  const wrong = parts.filter((part) => !text.includes(part));
  return !wrong.length || (amiss && wrong.every((part) => words.some((each) => close(part, each))) &&
    (wrong.length < parts.length || wrong.every((part) => part.length > 3)));
}
// The one letter may be a space: of names, all letters are read in a row, too.
const unspaced = (text) => text.replace(/[\s'-]+/g, "");
const inARow = people.map((p) => unspaced(plain(p.name)));
const isNearly = (p, wanted) => wanted.length > 3 && near1(unspaced(wanted), inARow[p.i]);

function search() {
  const wanted = plain(find.value.trim());
  hits.replaceChildren();
  hits.hidden = !wanted;
  $("found").textContent = "";
  if (!wanted) return;
  const found = people.filter((p) => matches(index[p.i], wanted));
  const byName = new Set(found);
  found.push(...people.filter((p) => !byName.has(p) && matches(`${index[p.i]} ${about[p.i]}`, wanted)));
  if (!found.length) found.push(...people.filter((p) => matches(`${index[p.i]} ${about[p.i]}`, wanted, true) || isNearly(p, wanted)));
  found.sort((a, b) => byName.has(b) - byName.has(a) || !index[a.i].startsWith(wanted) - !index[b.i].startsWith(wanted) || (a.name < b.name ? -1 : 1));
  for (const p of found.slice(0, 12)) {
    const item = make("li"), button = make("button", "", { type: "button" });
    const facts = [...p.aliases.map((each) => ["", each]), ["", p.profession],
      ...p.offers.map((each) => ["offers ", each]), ...p.needs.map((each) => ["looks for ", each])];
    const said = byName.has(p) ? null : facts.find(([, each]) =>
      wanted.split(/\s+/).some((part) => matches(plain(each), part, true)));
    const told = said?.join("");
    const note = told || (p.shown ? p.role : p.drawn ? "filtered out" : "not drawn");
    button.append(nameOf(p), " ", make("small", note));
    button.addEventListener("click", () => {
      endSearch();
      choose(p);
      canvas.focus();
    });
    item.append(button);
    hits.append(item);
  }
  const more = found.length - 12;
  if (!found.length || more > 0) {
    const item = make("li");
    item.append(make("span", found.length ? `and ${number(more)} more` : "Nobody of that name, work or need"));
    hits.append(item);
  }
  $("found").textContent = many(found.length, "person", "people") + " found";
}

function endSearch() {
  find.value = "";
  hits.hidden = true;
}

find.addEventListener("input", search);
find.addEventListener("keydown", (event) => {
  const first = hits.querySelector("button");
  if (!first || hits.hidden) return;
  if (event.key === "Enter") first.click();
  else if (event.key === "ArrowDown") first.focus();
  else return;
  event.preventDefault();
});
hits.addEventListener("keydown", (event) => {
  const all = [...hits.querySelectorAll("button")], at = all.indexOf(document.activeElement);
  if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)].focus();
  else if (event.key === "ArrowUp") (all[at - 1] ?? find).focus();
  else return;
  event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const typing = ["INPUT", "SELECT"].includes(document.activeElement?.tagName);
  if (event.key === "/" && !typing) {
    event.preventDefault();
    find.focus();
  } else if (event.key === "Escape") {
    if (!hits.hidden) {
      endSearch();
      find.focus();
    } else {
      look(null);
      choose(null);
    }
  }
});

// --- filters

function choices(key, words, order) {
  const values = [...new Set(people.filter((p) => p.drawn && p !== me).map((p) => p[key]))];
  if (values.length < 2) return;
  values.sort((a, b) => order ? order.indexOf(a) - order.indexOf(b) : (a === "") - (b === "") || inOrder(a, b));
  const select = $(key);
  select.append(make("option", "all", { value: ANY }));
  for (const value of values) select.append(make("option", words(value), { value, dir: "auto" }));
  select.addEventListener("change", () => {
    filter[key] = select.value;
    resift();
  });
  $(`by-${key}`).hidden = false;
}

function resift() {
  sift();
  const all = people.filter((p) => p.drawn), shown = all.filter((p) => p.shown);
  const onMap = ties.filter((tie) => tie.giver.drawn && tie.receiver.drawn && isTold(tie));
  const of = (part, whole, one, more) => (part === whole ? many(whole, one, more) : `${number(part)} of ${many(whole, one, more)}`);
  const undated = filter.from || filter.to ? ties.reduce((sum, tie) => sum + tie.undated, 0) : 0;
  $("shown").textContent = `${of(shown.length, all.length, "person", "people")}, ` +
    of(onMap.filter((tie) => tie.shown).length, onMap.length, "tie") +
    (undated ? `; ${many(undated, "referral")} without a date left out` : "");
  for (const note of $("notes").children) note.hidden = filtered() && /^Score of /.test(note.textContent); // of the whole record
  $("shown").hidden = FIXED; // who is listed there is not whom it counts
  $("reset").hidden = !filtered();
  retitle();
  refresh();
  if (state.pick) showCard(state.pick, false);
  if (!$("sheet").hidden) fillSheet();
}

if (!FIXED) {
  choices("group", (value) => value || "no group");
  choices("role", (value) => value, scene.roles);
  choices("standing", (value) => stands(value), ["owe", "first", "even", ""]);
}
const lastDay = ties.reduce((last, tie) => tie.days.reduce((high, [day]) => Math.max(high, day), last), -Infinity);
if (lastDay > 0 && !FIXED) {
  $("by-days").hidden = false;
  for (const key of ["from", "to"]) {
    const field = $(key);
    field.min = asDate(0);
    field.max = asDate(lastDay);
    field.addEventListener("change", () => {
      filter[key] = field.value;
      resift();
    });
  }
}
$("reset").addEventListener("click", () => {
  for (const key of ["group", "role", "standing"]) {
    filter[key] = ANY;
    $(key).value = ANY;
  }
  for (const key of ["from", "to"]) filter[key] = $(key).value = "";
  resift();
});

// --- everybody as text

let sorted = null; // else those I owe first, who waits longest before the others

function fillSheet() {
  const shown = people.filter((p) => p.shown).sort((a, b) => inOrder(a.name, b.name));
  shown.sort((a, b) => (b.standing === "owe") - (a.standing === "owe") || (b.days ?? 0) - (a.days ?? 0));
  const columns = [["Person", link]];
  const list = narrow.matches && OWED;
  if (list) shown.splice(0, shown.length, ...shown.filter((p) => p !== me));
  if (!narrow.matches) columns.push(["Role", (p) => (p === me ? "" : p.role)]);
  if (!list) columns.push(["Group", (p) => p.group]);
  if (people.some((p) => p.standing)) columns.push(["Standing", (p) => (p === me ? "" : stands(p.standing))]);
  if (list) columns.push(["Open", (p) => (p.standing === "owe" ? number(p.open) : "–")], ["Days", (p) => (p.days === null || p.days === undefined ? "–" : number(p.days))]);
  const numbers = columns.length - (list ? 2 : 0); // the columns from here on are numbers
  const sums = new Map(shown.map((p) => [p, tally(p)]));
  const sum = (value) => (scene.brought ? number(value) : amount(value));
  const ofMe = (p) => withMe(sums.get(p));
  if (list) columns.push([scene.you ? "Gave you" : "Gave", (p) => sum(ofMe(p).gave)], [scene.you ? "You gave" : "Got back", (p) => sum(ofMe(p).received)]);
  else if (!scene.shared) columns.push([heading(GAVE), (p) => sum(sums.get(p).gave)], [heading(RECEIVED), (p) => sum(sums.get(p).received)]);
  if (!list) columns.push(["Ties with", (p) => number(sums.get(p).rows.length)]);
  const table = make("table"), head = make("tr");
  table.append(make("caption", `Everybody shown: ${many(shown.length, "person", "people")}`), make("thead"), make("tbody"));
  columns.forEach(([title], k) => {
    const numeric = k >= numbers, way = sorted?.column === k ? sorted.way : 0;
    const cell = make("th", "", { scope: "col", class: numeric ? "number" : "", "aria-sort": ["descending", "none", "ascending"][way + 1] });
    const button = make("button", title, { type: "button" });
    button.addEventListener("click", () => {
      sorted = { column: k, way: way ? -way : numeric ? -1 : 1 };
      fillSheet();
      $("sheet").querySelectorAll("th button")[k].focus();
    });
    cell.append(button);
    head.append(cell);
  });
  table.tHead.append(head);
  const key = (p) => {
    const got = columns[sorted.column][1](p), text = typeof got === "string" ? got : got.textContent;
    const value = parseFloat(text.replaceAll(",", ""));
    return /^[\d,.]+$|^–$/.test(text) ? (Number.isNaN(value) ? 0 : value) : text;
  };
  if (sorted) {
    const keys = new Map(shown.map((p) => [p, key(p)]));
    const byKey = (x, y) => (typeof x === "string" && typeof y === "string" ? inOrder(x, y) : x < y ? -1 : +(x > y));
    shown.sort((a, b) => sorted.way * byKey(keys.get(a), keys.get(b)));
  }
  for (const p of shown) {
    const row = make("tr");
    columns.forEach(([, value], k) => {
      const cell = make("td", "", { class: k >= numbers ? "number" : "" }), got = value(p);
      if (typeof got === "string") cell.append(make("bdi", got));
      else cell.append(got);
      row.append(cell);
    });
    table.tBodies[0].append(row);
  }
  $("sheet").replaceChildren(table);
}

// Show the list of everybody in place of the map, or the map.
function list(open) {
  $("sheet").hidden = !open;
  stage.hidden = open;
  $("listing").setAttribute("aria-pressed", String(open));
  if (open) fillSheet();
}

let decided = false; // once the reader has chosen, the width no longer does
$("listing").addEventListener("click", () => {
  decided = true;
  list($("sheet").hidden);
  if (!$("sheet").hidden) $("sheet").focus();
});

// A frame may be narrow while its page is laid out, and a phone may be turned.
function suit() {
  if (OWED && !decided) list(narrow.matches);
}
narrow.addEventListener("change", suit);

// --- legend and notes

function drawLegend() {
  const shapes = unfold(scene.key), signs = scene.signs.map(word);
  $("legend").replaceChildren();
  for (const { box, text } of scene.legend) {
    const [x0, y0, x1, y1] = box, swatch = make("canvas", "", { "aria-hidden": "true" });
    const sharp = Math.min(devicePixelRatio || 1, 3);
    [swatch.width, swatch.height] = [Math.round((x1 - x0) * sharp), Math.round((y1 - y0) * sharp)];
    swatch.style.width = `${x1 - x0}px`;
    swatch.style.height = `${y1 - y0}px`;
    const ctx = swatch.getContext("2d");
    ctx.setTransform(sharp, 0, 0, sharp, -x0 * sharp, -y0 * sharp);
    const inside = (each) => each[0] < x1 && each[2] > x0 && each[1] < y1 && each[3] > y0;
    for (const each of bundle(shapes.filter((shape) => inside(shape.box)))) paint(ctx, each, 1);
    ctx.textAlign = "center";
    for (const sign of signs) {
      if (!inside(sign.box) || sign.align !== 1) continue;
      ctx.font = `${sign.bold ? "bold " : ""}${sign.px}px ${FAMILY}`;
      ctx.fillStyle = shade(sign.color);
      ctx.fillText(sign.text, sign.x, sign.y);
    }
    const item = make("li");
    item.append(swatch, make("span", text, { dir: "auto" }));
    $("legend").append(item);
  }
}
$("notes").replaceChildren(...scene.notes.map((note) => make("p", note, { dir: "auto" })));

// --- a map of no people, such as a timeline: nobody to find, to filter or to list

if (!people.some((p) => p.drawn)) {
  for (const part of [document.querySelector("aside"), $("listing")]) part.hidden = true;
  $("keys").textContent = [...words.map((each) => each.text), "Plus and minus zoom, zero shows all"].join(". ");
  canvas.textContent = "";
}

// --- day and night: a map drawn in a theme of its own begins in it, any other as the reader likes

const dusk = matchMedia("(prefers-color-scheme: dark)");
let chosen = scene.theme === "light" ? null : DARK;

function dress() {
  night = chosen ?? dusk.matches;
  document.documentElement.dataset.theme = night ? "dark" : "light";
  document.documentElement.style.setProperty("--paper", shade(scene.paper));
  $("night").setAttribute("aria-pressed", String(night));
  drawLegend();
  repaint();
}
dusk.addEventListener("change", dress);
$("night").addEventListener("click", () => {
  chosen = !night;
  dress();
});

resift();
dress();
showCard(null, false);

// --- a link to a person

function follow() {
  const name = decodeURIComponent(location.hash.slice(1)), p = name && people.find((each) => each.name === name);
  if (p && p !== state.pick) choose(p, { announced: false });
}
addEventListener("hashchange", follow);
suit();
follow();
