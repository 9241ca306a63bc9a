/** The read-only page: title, period, filters, freshness, tables. No rail, no toolbar.
 *
 * What is around us (JupyterLab, a Voilà page) has the main landmark already.
 */
import { Fragment, type ReactNode } from "react";
import { Button } from "react-aria-components";
import { Chips } from "../panel/Chips";
import { GridHost } from "../grid";
import { useShell } from "../sync/context";
import { tablesOf } from "../sync/items";
import type { PanelState, PeriodState } from "../sync/types";
import { Icon } from "../ui/Icon";
import { ifOk, print } from "./files";
import { Notes } from "./Notes";

export function Page({ children }: { children: ReactNode }) {
  const { state, send } = useShell();
  const [first] = state.panels;
  // One panel is the report itself: what is true of it stands under the title.
  const only = state.panels.length === 1 ? first : undefined;
  return (
    <>
      <header className="dr-pub-h">
        <div className="dr-wrap dr-pub-t">
          <div>
            <h1 dir="auto">{state.title}</h1>
            {only && <About panel={only} />}
          </div>
          <div className="dr-meta">
            <Button
              className="dr-btn dr-noprint"
              onPress={() => void send({ verb: "export", format: "html", table: null }).then(ifOk(print))}
            >
              <Icon name="print" />
              Print
            </Button>
            {state.fresh && (
              <span>
                <Icon name="clock" />
                {state.fresh}
                {state.hasTime && ` (${state.timezone})`}
              </span>
            )}
          </div>
        </div>
      </header>
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
            <Tables panel={panel} heading={only ? "h2" : "h3"} />
          </section>
        ))}
        {state.panels.length === 0 && <p className="dr-nothing">This report is empty.</p>}
      </div>
      {children}
    </>
  );
}

function About({ panel }: { panel: PanelState }) {
  const { hasTime } = useShell().state;
  return (
    <div>
      {hasTime && <PeriodWords period={panel.period} />}
      {panel.chips.length > 0 && (
        <div className="dr-only" role="group" aria-label="Only these records">
          <Chips chips={panel.chips} />
        </div>
      )}
    </div>
  );
}

function PeriodWords({ period }: { period: PeriodState }) {
  return (
    <p className="dr-per">
      <b>{period.label}</b>
      {period.detail && period.detail !== period.label && ` · ${period.detail}`}
    </p>
  );
}

function Tables({ panel, heading: Heading }: { panel: PanelState; heading: "h2" | "h3" }) {
  const { model, grids } = useShell();
  if (panel.items.length === 0) return <p className="dr-nothing">This panel is empty.</p>;
  return tablesOf(panel).map((table) => (
    <section key={table.id} className="dr-card" aria-label={table.title}>
      <Heading className="dr-ell" dir="auto" title={table.title}>
        {table.title}
      </Heading>
      <GridHost model={model} modelId={grids[table.id]} table={table} page />
    </section>
  ));
}
