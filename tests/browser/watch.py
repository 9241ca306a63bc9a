"""A stopwatch in the page: from the release of a drop to the redrawn table."""

# Until the frame after the one in which the dropped column stands there and all figures do: React, the message,
# Python, the engine, the message back and ag-grid are all in it. A look per frame would ask for frames by itself.
WATCH = """(label) => {
  const table = document.querySelector("[data-dr-table]");
  const isThere = () => {
    const heads = [...table.querySelectorAll(".ag-header-viewport .ag-header-cell .dr-head-label")];
    const rows = [...table.querySelectorAll(".ag-center-cols-container .ag-row:not(.dr-row-total)")];
    return heads.some((each) => each.textContent === label) && !table.querySelector(".dr-pending")
      && rows.length > 0 && rows.every((row) => row.querySelectorAll(".dr-fig").length === heads.length);
  };
  window.__took = new Promise((resolve) => {
    addEventListener("drop", () => {
      const start = performance.now();
      const watch = new MutationObserver(() => {
        if (!isThere()) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
      });
      watch.observe(table, { subtree: true, childList: true, characterData: true, attributes: true });
    }, { once: true, capture: true });
  });
}"""
