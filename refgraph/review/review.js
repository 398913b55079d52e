"use strict";
// Point at somebody on a map, or press: their marks and ties stay, the others fade.
for (const svg of document.querySelectorAll(".map svg")) {
  const marks = [...svg.querySelectorAll("[data-of]")];
  const whose = new Map(marks.map((mark) => [mark, mark.dataset.of.split(" ")]));
  let held = null;
  const light = (person) => {
    const near = new Set(person === null ? [] : [person]);
    for (const people of whose.values()) {
      if (people.length > 1 && people.includes(person)) people.forEach((each) => near.add(each));
    }
    svg.classList.toggle("pointed", person !== null);
    for (const [mark, people] of whose) {
      const lit = people.length > 1 ? people.includes(person) : near.has(people[0]);
      mark.classList.toggle("lit", lit);
    }
  };
  const personAt = (event) => {
    const people = whose.get(event.target.closest("[data-of]"));
    return people && people.length === 1 ? people[0] : null;
  };
  svg.addEventListener("pointerover", (event) => { if (held === null) light(personAt(event)); });
  svg.addEventListener("pointerleave", () => { if (held === null) light(null); });
  svg.addEventListener("click", (event) => {
    const person = personAt(event);
    held = person === held ? null : person;
    light(held);
  });
  svg.closest(".map").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { held = null; light(null); }
  });
}
