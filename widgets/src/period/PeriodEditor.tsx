/** The period pop-over: presets, both ends, two months, rolling ends. */
import { useState } from "react";
import { parseDate } from "@internationalized/date";
import { Button, Form } from "react-aria-components";
import { useShell } from "../sync/context";
import type { PeriodState, PeriodValue } from "../sync/types";
import { Calendars } from "./Calendars";
import { lengthWords } from "./dates";
import { choosePreset, draftOf, problemOf, setEnds, tomorrowOf, valueOf } from "./draft";
import { Ends } from "./Ends";
import { Presets } from "./Presets";
import { RollingEnds } from "./RollingEnds";

interface PeriodEditorProps {
  period: PeriodState;
  isCompact: boolean;
  onCancel: () => void;
  onApply: (value: PeriodValue | null, everywhere: boolean) => void;
}

export function PeriodEditor({ period, isCompact, onCancel, onApply }: PeriodEditorProps) {
  const { state, presets } = useShell();
  const today = parseDate(state.today.slice(0, 10));
  const [draft, setDraft] = useState(() => draftOf(period, presets, today));
  const problem = problemOf(draft);
  const tomorrow = problem === null ? tomorrowOf(draft, today) : null;
  const span = draft.type === "all" ? null : draft.span;
  const apply = (everywhere: boolean): void => onApply(valueOf(draft), everywhere);
  return (
    <Form
      className="dr-pp-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (problem === null) apply(false);
      }}
    >
      <Presets
        presets={presets}
        chosen={draft.type === "preset" ? draft.id : null}
        isAll={draft.type === "all"}
        isCompact={isCompact}
        onChoose={(preset) => setDraft(choosePreset(draft, preset))}
        onAll={() => setDraft({ type: "all" })}
      />
      <div className="dr-pp-in">
        <Ends span={span} today={today} onChange={(next) => setDraft(setEnds(next))} />
        <Calendars
          span={problem === null ? span : null}
          today={today}
          isCompact={isCompact}
          onChange={setDraft}
        />
        <p className="dr-pp-count">
          <span>
            {span && problem === null ? (
              <>
                Selected days: <b>{lengthWords(span)}</b>
              </>
            ) : (
              "All dates"
            )}
          </span>
          <span>{state.timezone}</span>
        </p>
        <RollingEnds draft={draft} today={today} onChange={setDraft} />
      </div>
      <footer className="dr-pp-foot">
        <p role="status" className={problem ? "dr-wrong" : undefined}>
          {problem ?? (tomorrow && `Tomorrow this reads ${tomorrow}`)}
        </p>
        <Button className="dr-btn dr-quiet" onPress={onCancel}>
          Cancel
        </Button>
        {state.panels.length > 1 && (
          <Button className="dr-btn" isDisabled={problem !== null} onPress={() => apply(true)}>
            Apply to all panels
          </Button>
        )}
        <Button className="dr-btn dr-primary" type="submit" isDisabled={problem !== null}>
          Apply
        </Button>
      </footer>
    </Form>
  );
}
