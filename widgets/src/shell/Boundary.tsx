/** When our own code fails: words instead of an empty cell. The report itself lives in Python and is safe. */
import { Component, type ReactNode } from "react";

export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <div className="dr-failed" role="alert">
        <h2>The workspace could not be drawn</h2>
        <p>Your report is not touched: it is kept in Python, with all its changes.</p>
        <button type="button" className="dr-btn" onClick={() => this.setState({ error: null })}>
          Try again
        </button>
        <pre tabIndex={0}>{error.stack ?? error.message}</pre>
      </div>
    );
  }
}
