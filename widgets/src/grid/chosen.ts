/** Shows which cells are selected: by rules of a style sheet, so that no cell is drawn again for it. */
let count = 0;

export class Chosen {
  private readonly sheet = new CSSStyleSheet();
  private readonly scope: string;

  constructor(private readonly element: HTMLElement) {
    count += 1;
    element.dataset.drChosen = String(count);
    this.scope = `[data-dr-chosen="${count}"]`;
    const { ownerDocument: page } = element;
    page.adoptedStyleSheets = [...page.adoptedStyleSheets, this.sheet];
  }

  /** `columns` of none: whole rows, which the grid marks itself. */
  show(columns: readonly string[], total: boolean, rows: boolean): void {
    const cells = columns.length
      ? `.ag-cell:is(${columns.map((id) => `[col-id="${CSS.escape(id)}"]`).join()})`
      : ".ag-cell";
    const places: string[] = [];
    if (total) places.push(`.ag-floating-top ${cells}`);
    if (columns.length > 0 && rows) places.push(`.ag-row-selected ${cells}`);
    if (columns.length > 0 && !rows && !total) {
      places.push(cells, cells.replace(".ag-cell", ".ag-header-cell"));
    }
    const chosen = places.map((each) => `.dr-grid${this.scope} ${each}`).join();
    this.sheet.replaceSync(
      places.length === 0
        ? ""
        : `${chosen} { background: var(--dr-select); }` +
            (columns.length > 0
              ? `.dr-grid${this.scope} .ag-row-selected { background: var(--dr-surface); }`
              : ""),
    );
    this.element.toggleAttribute("data-cells", columns.length > 0);
  }

  close(): void {
    const { ownerDocument: page } = this.element;
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((each) => each !== this.sheet);
  }
}
