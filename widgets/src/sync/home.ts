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
  | { verb: "restore"; tokens: string[] };

/** The answer to "delete": how to take it back. */
export interface Deleted {
  tokens: string[];
}

export interface HomeTraits {
  home: HomeState;
  /** "IPY_MODEL_…" of the workspace that is open in place of the list; null: none. */
  workspace: string | null;
}
