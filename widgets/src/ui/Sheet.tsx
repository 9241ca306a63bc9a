/** What every dialog stands in: the page behind it dimmed, and, where nothing can be lost, closed by a click there. */
import type { ReactNode } from "react";
import { Modal, ModalOverlay } from "react-aria-components";

interface SheetProps {
  isOpen?: boolean;
  onClose: () => void;
  isDismissable?: boolean;
  /** Further classes, of the dimmed page and of the sheet. */
  dim?: string;
  className?: string;
  children: ReactNode;
}

export function Sheet({ isOpen = true, onClose, isDismissable, dim, className, children }: SheetProps) {
  return (
    <ModalOverlay
      className={dim ? `dr-dim ${dim}` : "dr-dim"}
      isDismissable={isDismissable}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={className ? `dr-modal ${className}` : "dr-modal"}>{children}</Modal>
    </ModalOverlay>
  );
}
