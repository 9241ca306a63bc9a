/** Whole numbers that the browser writes itself: as Python writes those of the report. */
import { useShell } from "./context";

export function useCount(): (number: number) => string {
  const { locale } = useShell().state;
  return (number) => number.toLocaleString(locale);
}

/** Languages whose way of writing numbers a report can have. */
export const LOCALES: readonly [tag: string, name: string, sample: string][] = [
  ["en", "English", "1,234.5"],
  ["fr", "French", "1\u202f234,5"],
  ["nl", "Dutch", "1.234,5"],
  ["de", "German", "1.234,5"],
];
