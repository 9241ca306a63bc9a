/** Why something was refused: shown in a corner, said at once, gone by itself unless one looks at it. */
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";

export interface Toast {
  id: number;
  title: string;
  message: string;
}
const MOST = 3;
const STAYS = 10_000;

export function useToasts(): {
  toasts: Toast[];
  show: (words: { title: string; message: string }) => void;
  dismiss: (id: number) => void;
} {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const last = useRef(0);
  const show = useCallback(({ title, message }: { title: string; message: string }) => {
    const id = (last.current += 1);
    setToasts((all) =>
      [...all.filter((each) => each.message !== message), { id, title, message }].slice(-MOST),
    );
  }, []);
  const dismiss = useCallback((id: number) => setToasts((all) => all.filter((each) => each.id !== id)), []);
  return { toasts, show, dismiss };
}

interface ToastsProps {
  toasts: Toast[];
  onDismiss: (id: number) => void;
  /** What stands there beside them. */
  children?: ReactNode;
}

export function Toasts({ toasts, onDismiss, children }: ToastsProps) {
  return (
    <div className="dr-toasts">
      {children}
      {toasts.map((toast) => (
        <ToastView key={toast.id} toast={toast} onDismiss={onDismiss} />
      ))}
    </div>
  );
}

function ToastView({ toast, onDismiss }: { toast: Toast; onDismiss: (id: number) => void }) {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => onDismiss(toast.id), STAYS);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, onDismiss]);
  const hold = (held: boolean) => () => setHeld(held);
  return (
    <div
      className="dr-toast"
      role="alert"
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      <Icon name="warn" />
      <div dir="auto">
        <b>{toast.title}</b>
        {toast.message !== toast.title && <p>{toast.message}</p>}
      </div>
      <IconButton icon="close" label="Dismiss" onPress={() => onDismiss(toast.id)} />
    </div>
  );
}
