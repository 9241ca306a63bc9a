/** Which builder is open in this view. What it makes goes to Python as a command, like any gesture. */
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import { useBase } from "../sync/context";
import type { MetricDraft, PanelState, Ref, SegmentDraft } from "../sync/types";
import { MetricDialog } from "./MetricDialog";
import { SegmentDialog } from "./SegmentDialog";

type Filtered = Pick<PanelState, "id" | "title">;
export type Edited =
  | { kind: "metric"; id: string | null; draft: MetricDraft | null }
  | { kind: "segment"; id: string | null; draft: SegmentDraft | null; panel?: Filtered };
interface Builder {
  /** Open the builder for a new component. */
  make: (kind: Edited["kind"]) => void;
  /** Open the builder of segments for a new one that has its rules already. */
  propose: (draft: SegmentDraft) => void;
  /** Open the one of segments to filter a panel. */
  filter: (panel: Filtered) => void;
  /** Open it for one that the report or the catalog of the data added. */
  edit: (component: Ref) => void;
}
const Context = createContext<Builder | null>(null);

export function BuilderProvider({ children }: { children: ReactNode }) {
  const { question, say } = useBase();
  const [edited, setEdited] = useState<Edited | null>(null);
  const builder = useMemo(
    (): Builder => ({
      make: (kind) => setEdited({ kind, id: null, draft: null }),
      propose: (draft) => setEdited({ kind: "segment", id: null, draft }),
      filter: ({ id, title }) => setEdited({ kind: "segment", id: null, draft: null, panel: { id, title } }),
      edit: (component) => {
        question({ verb: "component", component }).then(
          (draft) => setEdited({ kind: component.kind, id: component.id, draft } as Edited),
          (error: Error) => say(error.message),
        );
      },
    }),
    [question, say],
  );
  const close = (): void => setEdited(null);
  return (
    <Context value={builder}>
      {children}
      {edited?.kind === "metric" && <MetricDialog id={edited.id} draft={edited.draft} onClose={close} />}
      {edited?.kind === "segment" && (
        <SegmentDialog id={edited.id} draft={edited.draft} panel={edited.panel ?? null} onClose={close} />
      )}
    </Context>
  );
}

export function useBuilder(): Builder {
  const builder = useContext(Context);
  if (!builder) throw new Error("The builders need a BuilderProvider around them.");
  return builder;
}
