/** Pop-overs live in the top layer: nothing of the page around clips them, and our tokens hold inside. */
export function openPortal(portal: HTMLElement): void {
  if (portal.isConnected) portal.showPopover?.();
  else requestAnimationFrame(() => portal.isConnected && openPortal(portal));
}
