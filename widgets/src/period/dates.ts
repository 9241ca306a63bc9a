/** Dates of a period in the browser: to draw calendars and to say what a draft means.
 *
 * What is counted is resolved in Python, in the data's zone. Here a moment is a local ISO date-time, and a
 * period is half-open as everywhere: its end is not included.
 */
import {
  CalendarDate,
  CalendarDateTime,
  parseDateTime,
  toCalendarDate,
  toCalendarDateTime,
} from "@internationalized/date";
import type { Bound, TimeUnit } from "../sync/types";

export interface Span {
  start: CalendarDateTime;
  end: CalendarDateTime;
}

export function parse(text: string): CalendarDateTime {
  // Bounds may carry an offset; only their clock matters here.
  return parseDateTime(text.replace(/(Z|[+-]\d\d:\d\d)$/, ""));
}

export function iso(moment: CalendarDateTime): string {
  return moment.toString();
}

/** The last day that a span touches: the calendar shows it, though the end is the start of the next. */
export function lastDay({ start, end }: Span): CalendarDate {
  const last = toCalendarDate(end.subtract({ seconds: 1 }));
  const first = toCalendarDate(start);
  return last.compare(first) < 0 ? first : last;
}

/** From the first to the last day, both included, as half-open moments. */
export function wholeDays(first: CalendarDate, last: CalendarDate): Span {
  return { start: toCalendarDateTime(first), end: toCalendarDateTime(last.add({ days: 1 })) };
}

/** Days from one date to another. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return to.compare(from);
}

/** How long a span is: whole days, or days and hours. */
export function lengthWords({ start, end }: Span): string {
  const minutes = Math.round((end.toDate("UTC").getTime() - start.toDate("UTC").getTime()) / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  const words = [days && `${days} d`, hours && `${hours} h`, rest && `${rest} min`].filter(Boolean);
  return hours || rest ? words.join(" ") : String(days);
}

/** The day on which a unit starts; weeks start on Sunday, as in Python. */
export function floor(day: CalendarDate, unit: TimeUnit): CalendarDate {
  switch (unit) {
    case "week":
      return day.subtract({ days: day.toDate("UTC").getUTCDay() });
    case "month":
      return day.set({ day: 1 });
    case "quarter":
      return day.set({ month: day.month - ((day.month - 1) % 3), day: 1 });
    case "year":
      return day.set({ month: 1, day: 1 });
    default:
      return day;
  }
}

export function move(moment: CalendarDateTime, unit: TimeUnit, count: number): CalendarDateTime {
  if (unit === "quarter") return moment.add({ months: 3 * count });
  return moment.add({ [`${unit}s`]: count });
}

/** The moment of one end of a rolling period, seen on a day. Times of day are taken from midnight. */
export function resolveBound(bound: Bound, today: CalendarDate): CalendarDateTime {
  const at = toCalendarDateTime(floor(today, bound.unit));
  const edge = bound.edge === "end" ? move(at, bound.unit, 1) : at;
  return move(edge, bound.offset_unit, bound.offset);
}

export function resolve(bounds: { start: Bound; end: Bound }, today: CalendarDate): Span {
  return { start: resolveBound(bounds.start, today), end: resolveBound(bounds.end, today) };
}

/** "May 17 – Jun 15": first and last day, with the year where it is not the present one. */
export function rangeWords(span: Span, today: CalendarDate): string {
  const first = toCalendarDate(span.start);
  const last = lastDay(span);
  const years = first.year !== today.year || last.year !== today.year;
  const format = new Intl.DateTimeFormat("en-US", {
    month: "short",
    day: "numeric",
    timeZone: "UTC",
    ...(years ? { year: "numeric" as const } : {}),
  });
  const words = (day: CalendarDate): string => format.format(day.toDate("UTC"));
  return first.compare(last) === 0 ? words(first) : `${words(first)} – ${words(last)}`;
}
