/** The contract of files: saved and opened, earlier versions, what is downloaded. Twin of dynreports/project/verbs.py
 * and dynreports/workspace/versions.py. */

/** What was saved once: by whom (empty: not known), when, and what they said of it. */
export interface VersionState {
  revision: number;
  when: string;
  author: string;
  note: string;
}

export type FileIntent =
  | { verb: "new" | "reports" | "stop_export" }
  | { verb: "open"; name: string }
  | { verb: "export"; format: "csv" | "html" | "page" | "pdf" | "png" | "xlsx"; table: string | null }
  | { verb: "save"; name: string | null; overwrite: boolean; note?: string }
  | { verb: "restore"; revision: number }
  | { verb: "annotate"; revision: number; note: string };
/** `after` null: the report as it stands. */
export type VersionQuestion =
  { verb: "versions" } | { verb: "differences"; before: number; after: number | null };
export interface VersionAnswers {
  /** The newest first; `current` is the one that the report was opened or saved as. */
  versions: { versions: VersionState[]; current: number };
  /** What was done, a phrase each; none: they say the same. */
  differences: { lines: string[] };
}
