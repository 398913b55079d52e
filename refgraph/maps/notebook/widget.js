// Stands in the notebook: shows the page in a frame without rights, and passes names on.

function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.title = model.get("title");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.style.cssText = `width: 100%; height: ${Number(model.get("height"))}px; border: 0`;
  frame.srcdoc = model.get("page");
  const hear = ({ source, data }) => {
    if (source !== frame.contentWindow || data?.refgraph !== "selected") return;
    model.set("selected", String(data.person));
    model.save_changes();
  };
  const tell = () => frame.contentWindow?.postMessage({ refgraph: "select", person: model.get("selected") }, "*");
  const start = () => model.get("selected") && tell();
  window.addEventListener("message", hear);
  model.on("change:selected", tell);
  frame.addEventListener("load", start);
  el.append(frame);
  return () => {
    window.removeEventListener("message", hear);
    model.off("change:selected", tell);
  };
}

export default { render };
