"use strict";
(() => {
  // It reads nothing but attributes that codeie wrote, and writes nothing but class names,
  // tabindex and the focus. Everything can be read without it.
  const KEYED = "[data-i]";
  const numbers = (node) => node.dataset.i.split(" ").filter((each) => /^\d+$/.test(each));

  for (const view of document.querySelectorAll(".codeie-view:not([data-live])")) {
    view.dataset.live = "";
    let pinned = false;

    const found = (node) => {
      const items = new Set();
      for (let at = node.closest?.(KEYED); at && view.contains(at); at = at.parentElement.closest(KEYED)) {
        numbers(at).forEach((each) => items.add(each));
        if (at.localName === "bdi") break; // a name stands for its own mark, whatever is around it
      }
      return items;
    };
    const darken = () => {
      view.classList.remove("codeie-lit");
      for (const node of view.querySelectorAll(".codeie-on")) node.classList.remove("codeie-on");
    };
    const light = (items) => {
      darken();
      if (!items.size) return;
      view.classList.add("codeie-lit");
      for (const item of items) {
        for (const node of view.querySelectorAll(`[data-i~="${item}"]`)) node.classList.add("codeie-on");
      }
    };
    const show = (node) => {
      const items = found(node);
      if (!items.size) return;
      const [item] = items;
      const wanted = node.closest(".codeie-text") ? "tr" : "bdi, .codeie-text span";
      const other = [...view.querySelectorAll(wanted)].find((each) => each.dataset.i?.split(" ").includes(item));
      if (!other) return;
      const folded = other.closest("details:not([open])");
      if (folded && view.contains(folded)) folded.open = true;
      other.scrollIntoView({ block: "nearest", inline: "nearest" });
    };

    view.addEventListener("pointerover", (event) => { if (!pinned) light(found(event.target)); });
    view.addEventListener("pointerleave", () => { if (!pinned) darken(); });
    view.addEventListener("focusin", (event) => { if (event.target.matches(KEYED)) light(found(event.target)); });
    view.addEventListener("focusout", () => { if (!pinned) darken(); });
    const pin = (node) => {
      const items = found(node);
      pinned = items.size > 0;
      light(items);
      show(node);
    };
    view.addEventListener("click", (event) => {
      if (!event.target.closest("summary, label, input") && getSelection().isCollapsed) pin(event.target);
    });

    // One stop of the tab key for each part; the arrows go on from there.
    const groups = [".codeie-text", "tbody", ".codeie-code"].flatMap((part) => [...view.querySelectorAll(part)]);
    const stops = (group) => [...group.querySelectorAll(group.localName === "tbody" ? "tr[data-i]" : ".codeie-line[data-i], bdi[data-i]")];
    for (const group of groups) {
      stops(group).forEach((node, at) => node.setAttribute("tabindex", at ? "-1" : "0"));
    }
    view.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { pinned = false; darken(); return; }
      const group = event.target.closest(".codeie-text, tbody, .codeie-code");
      if (!group || !event.target.matches(KEYED) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pin(event.target); return; }
      const all = stops(group).filter((node) => node.getClientRects().length);
      const at = all.indexOf(event.target);
      const next = {
        ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1,
      }[event.key];
      if (next === undefined || !all[next]) return;
      event.preventDefault();
      event.target.setAttribute("tabindex", "-1");
      all[next].setAttribute("tabindex", "0");
      all[next].focus();
    });
  }
})();
