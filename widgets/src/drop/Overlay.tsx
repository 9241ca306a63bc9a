/** The layer of drop targets over a view of the workspace, there while a drag is on. */
import { useDragged } from "./context";

export function Overlay() {
  const dragged = useDragged();
  return dragged === null ? null : <div className="dr-overlay" data-live-announcer="true" />;
}
