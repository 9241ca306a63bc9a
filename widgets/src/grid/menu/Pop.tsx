/** The pop-over that menus and small dialogs of the grid stand in. */
import type { ReactNode } from "react";
import { Popover } from "react-aria-components";

export interface PopProps {
  anchor: HTMLElement;
  label: string;
  onClose: () => void;
  children: ReactNode;
}

export function Pop({ anchor, label, onClose, children }: PopProps) {
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className="dr-pop"
      aria-label={label}
    >
      {children}
    </Popover>
  );
}
