/** Two months (one in a narrow place): the first click starts the period, the second ends it. */
import { useState } from "react";
import { CalendarDate, toCalendarDate } from "@internationalized/date";
import { Button, CalendarCell, CalendarGrid, RangeCalendar } from "react-aria-components";
import { Icon } from "../ui/Icon";
import { lastDay, type Span, wholeDays } from "./dates";
import { type Draft, setEnds } from "./draft";

interface CalendarsProps {
  span: Span | null;
  today: CalendarDate;
  isCompact: boolean;
  onChange: (draft: Draft) => void;
}

export function Calendars({ span, today, isCompact, onChange }: CalendarsProps) {
  const months = isCompact ? 1 : 2;
  const shown = span ? `${span.start} ${span.end}` : "";
  // A preset or a typed end starts the calendar anew at its months; while days are clicked nothing moves.
  const [view, setView] = useState({ shown, clicked: shown, epoch: 0 });
  if (view.shown !== shown) setView({ ...view, shown, epoch: view.epoch + (view.clicked === shown ? 0 : 1) });
  const title = new Intl.DateTimeFormat("en-US", { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <RangeCalendar
      key={view.epoch}
      aria-label="Days of the period"
      className="dr-pp-cals"
      visibleDuration={{ months }}
      firstDayOfWeek="sun"
      value={span && { start: toCalendarDate(span.start), end: lastDay(span) }}
      onChange={(range) => {
        if (!range) return;
        const days = wholeDays(range.start, range.end);
        setView({ ...view, clicked: `${days.start} ${days.end}` });
        onChange(setEnds(days));
      }}
      defaultFocusedValue={monthToShow(span, today, months)}
      selectionAlignment="start"
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
