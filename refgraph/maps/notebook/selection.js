// In a notebook only: tells it who is selected, and selects whom it names.

addEventListener("choose", ({ detail: p }) => {
  window.parent.postMessage({ refgraph: "selected", person: p ? p.name : "" }, "*");
});

addEventListener("message", ({ source, data }) => {
  if (source !== window.parent || data?.refgraph !== "select") return;
  const p = people.find((each) => each.name === data.person) ?? null;
  if (p !== state.pick) choose(p);
});
