/** The code drawer, for the shell: a provider around the workspace, a toggle in the toolbar, the drawer itself. */
export { CodeDrawer, CodeToggle } from "./CodeDrawer";
export { CodeProvider, useCode, useTouched } from "./context";
