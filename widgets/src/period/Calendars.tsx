/** Two months (one in a narrow place): the first click starts the period, the second ends it. */
import { useEffect, useState } from "react";
import { CalendarDate, toCalendarDate } from "@internationalized/date";
import { Button, CalendarCell, CalendarGrid, RangeCalendar } from "react-aria-components";
import { Icon } from "../ui/Icon";
import { lastDay, type Span } from "./dates";
import { chooseDays, type Draft } from "./draft";

interface CalendarsProps {
  span: Span | null;
  today: CalendarDate;
  isCompact: boolean;
  onChange: (draft: Draft) => void;
}

export function Calendars({ span, today, isCompact, onChange }: CalendarsProps) {
  const months = isCompact ? 1 : 2;
  const [focused, setFocused] = useState(() => monthToShow(span, today, months));
  const shown = span ? `${span.start} ${span.end}` : "";
  // A preset or a typed end brings its month into view; while days are clicked nothing moves.
  useEffect(() => setFocused(monthToShow(span, today, months)), [shown]);
  const title = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <RangeCalendar
      aria-label="Days of the period"
      className="dr-pp-cals"
      visibleDuration={{ months }}
      firstDayOfWeek="sun"
      value={span && { start: toCalendarDate(span.start), end: lastDay(span) }}
      onChange={(range) => range && onChange(chooseDays(range.start, range.end))}
      focusedValue={focused}
      onFocusChange={(date) => setFocused(date as CalendarDate)}
    >
      {({ state }) =>
        Array.from({ length: months }, (_, offset) => (
          <div key={offset}>
            <div className="dr-cal-h">
              {offset === 0 && (
                <Button slot="previous" className="dr-ib dr-cal-prev">
                  <Icon name="left" />
                </Button>
              )}
              {title.format(state.visibleRange.start.add({ months: offset }).toDate("UTC"))}
              {offset === months - 1 && (
                <Button slot="next" className="dr-ib dr-cal-next">
                  <Icon name="right" />
                </Button>
              )}
            </div>
            <CalendarGrid className="dr-cal" offset={{ months: offset }} weekdayStyle="short">
              {(date) => <CalendarCell date={date} className={`dr-day${dayClass(date, today)}`} />}
            </CalendarGrid>
          </div>
        ))
      }
    </RangeCalendar>
  );
}

function dayClass(date: CalendarDate, today: CalendarDate): string {
  const order = date.compare(today);
  return order === 0 ? " dr-day-today" : order > 0 ? " dr-day-later" : "";
}

/** The end of the period with the month before it; a short one from its start. */
function monthToShow(span: Span | null, today: CalendarDate, months: number): CalendarDate {
  const last = span ? lastDay(span) : today;
  const first = span ? toCalendarDate(span.start) : today;
  const left = last.set({ day: 1 }).subtract({ months: months - 1 });
  return first.compare(left) >= 0 ? first : left;
}
