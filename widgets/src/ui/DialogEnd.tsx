/** How a dialog with a form ends: what went wrong, then Cancel and what the form is for. */
import type { ReactNode } from "react";
import { Button } from "react-aria-components";

interface DialogEndProps {
  /** What went wrong when it was sent last. */
  problem?: string | null;
  onClose: () => void;
  /** What the button that sends the form says. */
  submit: string;
  isDisabled?: boolean;
  /** Sending it takes something away from somebody. */
  isDanger?: boolean;
  /** What stands before Cancel. */
  children?: ReactNode;
}

export function DialogEnd({ problem, onClose, submit, isDisabled, isDanger, children }: DialogEndProps) {
  return (
    <>
      {problem && (
        <p role="alert" className="dr-wrong">
          {problem}
        </p>
      )}
      <div className="dr-dialog-actions">
        {children}
        <Button className="dr-btn dr-quiet" onPress={onClose}>
          Cancel
        </Button>
        <Button
          className={`dr-btn ${isDanger ? "dr-danger" : "dr-primary"}`}
          type="submit"
          isDisabled={isDisabled}
        >
          {submit}
        </Button>
      </div>
    </>
  );
}
