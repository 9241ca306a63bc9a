/** What can be done with what was chosen in a drawing: all of it commands to Python, and undoable where it changes
 * the report. */
import { useRef } from "react";
import { Popover } from "react-aria-components";
import { useBuilder } from "../builder";
import { useDropStore } from "../drop/context";
import type { ChartPayload } from "../sync/charts";
import { useBase } from "../sync/context";
import type { Path } from "../sync/types";
import { CommandMenu, type MenuCommand } from "../ui/CommandMenu";
import { clip } from "../ui/Label";
import { type Chosen, namesOf, type Point } from "./marks";

interface ChoiceMenuProps {
  chart: string;
  panel: string;
  payload: ChartPayload;
  chosen: Chosen;
  at: Point;
  onClose: () => void;
}

export function ChoiceMenu({ chart, panel, payload, chosen, at, onClose }: ChoiceMenuProps) {
  const { send, question, say } = useBase();
  const builder = useBuilder();
  const store = useDropStore();
  const anchor = useRef<HTMLSpanElement>(null);
  const names = clip(namesOf(chosen), 80);
  const { marks, paths, time } = chosen;
  const table = payload.source && store.table(payload.source.table);
  const rows = table ? rowsAt(table.payload.rows, paths) : [];
  const segment = (): void => {
    question({ verb: "segment_of_marks", chart, marks }).then(
      (draft) => builder.propose(draft),
      (error: Error) => say(error.message),
    );
  };
  const commands: MenuCommand[] = [];
  if (time)
    commands.push({
      id: "period",
      label: `Set the period to ${names}`,
      run: () => void send({ verb: "set_period", panel, period: { type: "fixed", ...time } }),
    });
  if (paths.length > 0) {
    commands.push(
      {
        id: "select",
        label: `Select in ${clip(payload.source?.label ?? "", 60)}`,
        off: rows.length > 0 ? null : "Its rows are not on the page of the table.",
        run: () => table?.choose(rows),
      },
      {
        id: "filter",
        label: `Only ${names} in this panel`,
        run: () => void send({ verb: "filter_marks", chart, marks }),
      },
      { id: "segment", label: `New segment of ${names}…`, run: segment },
    );
  }
  return (
    <>
      <span className="dr-plot-anchor" ref={anchor} style={{ left: at.x, top: at.y }} />
      <Popover
        className="dr-pop"
        triggerRef={anchor}
        isOpen
        onOpenChange={(open) => !open && onClose()}
        placement="bottom start"
        aria-label={`What to do with ${names}`}
      >
        <CommandMenu
          label={names}
          sections={[{ title: clip(namesOf(chosen), 200), commands }]}
          onDone={onClose}
        />
      </Popover>
    </>
  );
}

/** The ids of the rows of a table that stand at some paths. */
function rowsAt(rows: readonly { id: string; type: string; path: Path }[], paths: readonly Path[]): string[] {
  const wanted = new Set(paths.map((path) => JSON.stringify(path)));
  return rows
    .filter(({ type, path }) => type === "item" && wanted.has(JSON.stringify(path)))
    .map(({ id }) => id);
}
