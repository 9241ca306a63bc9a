/** Builders of calculated metrics and segments: a provider around the workspace, and ways to open them. */
export { BuilderProvider, useBuilder } from "./context";
