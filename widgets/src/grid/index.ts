/** The grid of a freeform table, for the shell: `<GridHost model modelId table page/>` inside a DropProvider. */
export { GridHost, type GridHostProps } from "./GridHost";
