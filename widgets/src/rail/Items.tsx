/** The items of a dimension or time unit, as a second level of the list: those with most records first. */
import { useState } from "react";
import { useAnswer } from "../builder/useAnswer";
import { useShell } from "../sync/context";
import { tablesOf } from "../sync/items";
import { useCount } from "../sync/numbers";
import type { Component, PanelState } from "../sync/types";
import { clip } from "../ui/Label";
import { AddTo, type Adding } from "./AddTo";
import { DragList, type Picked } from "./ComponentList";
import { ofItems } from "./entries";
import { Back } from "./Back";

interface ItemsProps {
  of: Component;
  text: string;
  adding: Adding;
  onBack: () => void;
}

/** Lists what the records of the panel that is worked on have, in its period. */
export function Items({ of, ...props }: ItemsProps) {
  const { state } = useShell();
  const panel =
    state.panels.find((each) => tablesOf(each).some(({ id }) => id === state.table)) ?? state.panels[0];
  // Another period, or new records: another list.
  const key = [panel?.id, panel?.period.start, panel?.period.end, state.fresh].join();
  return <Listed key={key} of={of} panel={panel ?? null} {...props} />;
}

function Listed({ of, text, adding, onBack, panel }: ItemsProps & { panel: PanelState | null }) {
  const [picked, setPicked] = useState<Picked>(null);
  const { kind, id, label } = of;
  const words = text.trim();
  const counted = useCount();
  const { data, error, isCurrent } = useAnswer({
    verb: "items",
    by: { kind, id },
    text: words,
    panel: panel?.id ?? null,
  });
  const entries = data === null ? [] : ofItems(of, data);
  const when = panel === null || panel.period.value === null ? "" : ` in ${panel.period.label}`;
  const more = data !== null && data.count > entries.length;
  return (
    <section className="dr-grp" aria-label={`Items of ${clip(label)}`} aria-busy={!isCurrent}>
      <Back title={label} count={data?.count ?? null} onBack={onBack} />
      <p className="dr-pane-say">
        {kind === "time" ? "The last ones" : "Most records"} first{when}
      </p>
      <DragList id="items" label={`Items of ${clip(label)}`} {...{ entries, picked }} onPick={setPicked} />
      {entries.some(({ key }) => key === adding.at) && (
        <AddTo adding={adding} entries={entries} picked={picked} />
      )}
      <p className="dr-pane-none" role="status">
        {error ??
          (data === null
            ? "Looking for items…"
            : entries.length === 0
              ? `${clip(label, 60)} has no item${words && ` with “${clip(words, 60)}”`}${when}.`
              : more
                ? `${entries.length} of ${counted(data.count)}: the search finds the others.`
                : "")}
      </p>
    </section>
  );
}
