/** "Use rolling dates", and the expressions of both ends. */
import { useState } from "react";
import type { CalendarDate } from "@internationalized/date";
import { Button, Checkbox, Input, NumberField } from "react-aria-components";
import type { Bound, TimeUnit } from "../sync/types";
import { Select } from "../ui/Select";
import { type Bounds, type Draft, rollingWords, setBounds, setRolling } from "./draft";

const UNITS: TimeUnit[] = ["day", "week", "month", "quarter", "year"];

interface RollingEndsProps {
  draft: Draft;
  today: CalendarDate;
  onChange: (draft: Draft) => void;
}

export function RollingEnds({ draft, today, onChange }: RollingEndsProps) {
  const [isOpen, setOpen] = useState(draft.type === "rolling");
  const bounds = draft.type === "preset" || draft.type === "rolling" ? draft.bounds : null;
  const change = (next: Bounds): void => onChange(setBounds(next, today));
  return (
    <div className="dr-pp-roll">
      <div>
        <Checkbox
          className="dr-check"
          isSelected={bounds !== null}
          isDisabled={draft.type === "all"}
          onChange={(isRolling) => onChange(setRolling(draft, isRolling, today))}
        >
          <span className="dr-box" aria-hidden="true" />
          Use rolling dates
        </Checkbox>
        {bounds && (
          <Button className="dr-act" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
            {rollingWords(bounds)}
          </Button>
        )}
      </div>
      {bounds && isOpen && (
        <>
          <BoundRow name="Start" bound={bounds.start} onChange={(start) => change({ ...bounds, start })} />
          <BoundRow name="End" bound={bounds.end} onChange={(end) => change({ ...bounds, end })} />
        </>
      )}
    </div>
  );
}

interface BoundRowProps {
  name: string;
  bound: Bound;
  onChange: (bound: Bound) => void;
}

function BoundRow({ name, bound, onChange }: BoundRowProps) {
  // "minus 0" is a choice on the way to "minus 5".
  const [wasMinus, setMinus] = useState(bound.offset < 0);
  const isMinus = bound.offset < 0 || (bound.offset === 0 && wasMinus);
  const amount = Math.abs(bound.offset);
  const setOffset = (count: number, minus: boolean): void => {
    setMinus(minus);
    onChange({ ...bound, offset: minus && count > 0 ? -count : count });
  };
  return (
    <div className="dr-pp-bound">
      <span className="dr-muted">{name}</span>
      <Select
        aria-label={`${name}: edge`}
        value={bound.edge}
        options={[
          ["start", "Start of"],
          ["end", "End of"],
        ]}
        onChange={(edge) => onChange({ ...bound, edge })}
      />
      <Select
        aria-label={`${name}: of what`}
        value={bound.unit}
        options={unitsWith(bound.unit).map((unit) => [unit, `current ${unit}`])}
        onChange={(unit) => onChange({ ...bound, unit })}
      />
      <Select
        aria-label={`${name}: direction`}
        value={isMinus ? "minus" : "plus"}
        options={[
          ["minus", "minus"],
          ["plus", "plus"],
        ]}
        onChange={(sign) => setOffset(amount, sign === "minus")}
      />
      <NumberField
        aria-label={`${name}: how many`}
        value={amount}
        minValue={0}
        maxValue={9999}
        formatOptions={{ useGrouping: false }}
        onChange={(count) => setOffset(Number.isFinite(count) ? Math.round(count) : 0, isMinus)}
      >
        <Input className="dr-input" />
      </NumberField>
      <Select
        aria-label={`${name}: steps`}
        value={bound.offset_unit}
        options={unitsWith(bound.offset_unit).map((unit) => [unit, `${unit}s`])}
        onChange={(offset_unit) => onChange({ ...bound, offset_unit })}
      />
    </div>
  );
}

/** Hours and minutes are offered only where Python set them. */
function unitsWith(unit: TimeUnit): TimeUnit[] {
  return UNITS.includes(unit) ? UNITS : [unit, ...UNITS];
}
