/** The period of a panel: what it is, and the pop-over that changes it. */
import { useState, useSyncExternalStore } from "react";
import { Button, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useBase } from "../sync/context";
import type { PanelState } from "../sync/types";
import { Icon } from "../ui/Icon";
import { PeriodEditor } from "./PeriodEditor";

export function PeriodControl({ panel }: { panel: PanelState }) {
  const { send } = useBase();
  const [isOpen, setOpen] = useState(false);
  const isCompact = useCompact();
  const { period } = panel;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="dr-period dr-fades">
        <Icon name="calendar" />
        <span>
          <span className="dr-sr">Period: </span>
          <b>{period.label}</b>
          <small>{period.detail}</small>
        </span>
        <Icon name="down" small />
      </Button>
      <Popover
        className={`dr-pop dr-pp${isCompact ? " dr-pp-compact" : ""}`}
        placement="bottom end"
        offset={4}
        aria-label="Period"
      >
        <Dialog className="dr-pp-dialog" aria-label={`Period of ${panel.title}`}>
          <PeriodEditor
            period={period}
            isCompact={isCompact}
            onCancel={() => setOpen(false)}
            onApply={(value, everywhere) => {
              setOpen(false);
              void send({ verb: "set_period", panel: everywhere ? null : panel.id, period: value });
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

const query = typeof matchMedia === "function" ? matchMedia("(max-width: 790px)") : null;

function useCompact(): boolean {
  return useSyncExternalStore(
    (listener) => {
      query?.addEventListener("change", listener);
      return () => query?.removeEventListener("change", listener);
    },
    () => query?.matches ?? false,
  );
}
