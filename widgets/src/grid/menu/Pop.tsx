/** The pop-over that menus and small dialogs of the grid stand in. */
import type { ReactNode } from "react";
import { Popover } from "react-aria-components";

export interface PopProps {
  anchor: HTMLElement;
  label: string;
  onClose: () => void;
  /** A further class. */
  className?: string;
  children: ReactNode;
}

export function Pop({ anchor, label, onClose, className, children }: PopProps) {
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className={className ? `dr-pop ${className}` : "dr-pop"}
      aria-label={label}
    >
      {children}
    </Popover>
  );
}
