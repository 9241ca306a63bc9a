/** Whether the code drawer is open, for this view. Which table it is about, Python knows: `state.table`. */
import {
  createContext,
  type FocusEvent,
  type PointerEvent,
  type ReactNode,
  useContext,
  useMemo,
  useState,
} from "react";
import { useBase, useShell } from "../sync/context";

interface CodeControls {
  /** Open the drawer, with another table where one is named. */
  open: (table?: string) => void;
  close: () => void;
}
const OpenContext = createContext(false);
/** Controls alone, which never change: tables are not drawn again because the drawer opens. */
const ControlContext = createContext<CodeControls | null>(null);

export function CodeProvider({ children }: { children: ReactNode }) {
  const { ask } = useBase();
  const [isOpen, setOpen] = useState(false);
  const controls = useMemo(
    () => ({
      open: (table?: string) => {
        if (table !== undefined) void ask({ verb: "use_table", table });
        setOpen(true);
      },
      close: () => setOpen(false),
    }),
    [ask],
  );
  return (
    <ControlContext value={controls}>
      <OpenContext value={isOpen}>{children}</OpenContext>
    </ControlContext>
  );
}

export function useCode(): CodeControls {
  const controls = useContext(ControlContext);
  if (!controls) throw new Error("The code drawer needs a CodeProvider around it.");
  return controls;
}

export function useCodeIsOpen(): boolean {
  return useContext(OpenContext);
}

/** Tells Python which table is worked on, when the pointer or the focus goes into another one. */
export function useTouched(): (event: FocusEvent | PointerEvent) => void {
  const { ask, state } = useShell();
  return ({ target }) => {
    const item = target instanceof Element ? target.closest(".dr-item, [data-dr-table]") : null;
    const holder = item?.matches("[data-dr-table]") ? item : item?.querySelector("[data-dr-table]");
    const table = (holder as HTMLElement | null | undefined)?.dataset.drTable;
    if (table !== undefined && table !== state.table) void ask({ verb: "use_table", table });
  };
}
