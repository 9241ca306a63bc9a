/** The contract of the home page: what Python syncs, and what the browser sends. Twin of dynreports/workspace/home.py.
 *
 * What only the screen needs (search, filters, order, what is ticked) lives in React state.
 */
export interface ReportEntry {
  name: string;
  title: string;
  kind: "template" | "custom";
  description: string;
  /** Labels of the channels that it is about; none: all of them. */
  channels: string[];
  /** "" where nobody is known. */
  owner: string;
  /** "Jun 14, 2026 06:02 PM" and seconds since 1970; "" and 0 for a template. */
  modified: string;
  stamp: number;
  /** Why it can't be opened; null: it can. */
  problem: string | null;
  /** Where readers find it; null: it is not published. */
  address: string | null;
}

export interface HomeState {
  reports: ReportEntry[];
  /** Authors make and change reports; readers open what was published. */
  audience: "authors" | "readers";
  /** The owner that is the person at the screen. */
  me: string;
  /** Why no report can be made here; null: it can. */
  cannotCreate: string | null;
  /** The path, under the server's own, at which this notebook is a page; null: reports open in place. */
  tab: string | null;
}

/** A line of the list from which a report is opened in a workspace. */
export interface SavedReport {
  name: string;
  title: string;
  /** "Jun 14, 2026 06:02 PM" */
  modified: string;
  /** Why it can't be opened; null: it can. */
  problem: string | null;
}

export type HomeIntent =
  | { verb: "list" }
  | { verb: "create" }
  | { verb: "open"; name: string; kind: ReportEntry["kind"] }
  | { verb: "leave" }
  | { verb: "rename"; name: string; title: string }
  | { verb: "duplicate"; names: string[] }
  | { verb: "delete"; names: string[] }
  | { verb: "restore"; tokens: string[] }
  | { verb: "objects" }
  | { verb: "scoped"; on: Sending["on"]; id: string }
  | { verb: "open_scoped"; template: string; on: Sending["on"]; id: string };

/** A delivery, campaign or program: what reports are opened on. */
export interface Sending {
  on: "delivery" | "campaign" | "program";
  id: string;
  label: string;
  /** "Single delivery", "Recurring parent", "Campaign". */
  what: string;
  channel: string;
  /** The campaign or program that it belongs to. */
  within: string;
  /** "Jun 14, 2026", or its first and last day. */
  when: string;
  stamp: number;
  /** Why its figures are not complete; "": they are. */
  why: string;
}
/** The answers to "objects" and "scoped". */
export interface Sendings {
  objects: Sending[];
  reports: { id: string; label: string }[];
}
export interface Scoped {
  label: string;
  days: string;
}

/** The answer to "delete": how to take it back. */
export interface Deleted {
  tokens: string[];
}

export interface HomeTraits {
  home: HomeState;
  /** "IPY_MODEL_…" of the workspace that is open in place of the list; null: none. */
  workspace: string | null;
}
