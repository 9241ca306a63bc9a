/** The read-only page: title, period, filters, freshness, tables and charts. No rail, no toolbar.
 *
 * What is around us (JupyterLab, a Voilà page) has the main landmark already.
 */
import { Fragment, type ReactNode } from "react";
import { useShell } from "../sync/context";
import { Notes } from "./Notes";
import { About, PageHead } from "./PageHead";
import { PageItems } from "./PageItems";

export function Page({ children }: { children: ReactNode }) {
  const { state } = useShell();
  const { reading } = state;
  const [first] = state.panels;
  // One panel is the report itself: what is true of it stands under the title.
  const only = state.panels.length === 1 ? first : undefined;
  return (
    <>
      <PageHead only={only} />
      <div className="dr-wrap dr-pub-m">
        <Notes />
        {state.panels.map((panel) => (
          <section key={panel.id} className="dr-pub-p" aria-label={panel.title}>
            {!only && (
              <Fragment>
                <h2 dir="auto">{panel.title}</h2>
                <About panel={panel} />
              </Fragment>
            )}
            <PageItems panel={panel} heading={only ? "h2" : "h3"} />
          </section>
        ))}
        {state.panels.length === 0 && <p className="dr-nothing">This report is empty.</p>}
        {reading && (
          <footer className="dr-pub-foot">
            <span>
              {reading.author ? `Published by ${reading.author}` : "Published"}, {reading.when}, revision{" "}
              {reading.revision}
            </span>
            <span>Made with dynreports</span>
          </footer>
        )}
      </div>
      {children}
    </>
  );
}
