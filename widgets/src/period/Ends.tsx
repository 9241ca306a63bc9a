/** Both ends of the period to the minute, typed. */
import { type CalendarDate, CalendarDateTime, toCalendarDateTime } from "@internationalized/date";
import { DateField, DateInput, DateSegment, Label } from "react-aria-components";
import type { Span } from "./dates";

interface EndsProps {
  span: Span | null;
  today: CalendarDate;
  onChange: (span: Span) => void;
}

export function Ends({ span, today, onChange }: EndsProps) {
  // With all dates there is nothing to show; typing one end makes a period of it.
  const day = toCalendarDateTime(today);
  const now = span ?? { start: day, end: day.add({ days: 1 }) };
  return (
    <div className="dr-pp-ends">
      <End
        label="Start"
        value={span?.start ?? null}
        today={day}
        onChange={(start) => onChange({ ...now, start })}
      />
      <End
        label="End (not included)"
        value={span?.end ?? null}
        today={day}
        onChange={(end) => onChange({ ...now, end })}
      />
    </div>
  );
}

interface EndProps {
  label: string;
  value: CalendarDateTime | null;
  today: CalendarDateTime;
  onChange: (value: CalendarDateTime) => void;
}

function End({ label, value, today, onChange }: EndProps) {
  return (
    <DateField
      className="dr-pp-end"
      granularity="minute"
      value={value}
      placeholderValue={today}
      onChange={(next) => next && onChange(toCalendarDateTime(next))}
    >
      <Label className="dr-label">{label}</Label>
      <DateInput className="dr-input">
        {(segment) => <DateSegment className="dr-seg" segment={segment} />}
      </DateInput>
    </DateField>
  );
}
