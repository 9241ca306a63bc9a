/** The head of a page to read: whose it is, title, period and segments, freshness, and what can be had of it. */
import { useEffect, useRef } from "react";
import { Button, MenuItem, MenuTrigger, Popover } from "react-aria-components";
import { Chips } from "../panel/Chips";
import { PeriodControl } from "../period/PeriodControl";
import { useShell } from "../sync/context";
import type { PanelState, PeriodState } from "../sync/types";
import { Icon } from "../ui/Icon";
import { Mark } from "../ui/Mark";
import { SearchMenu } from "../ui/SearchMenu";
import { download, ifOk, print } from "./files";

/** `only`: the one panel of the report; what is true of it stands under the title. */
export function PageHead({ only }: { only: PanelState | undefined }) {
  const { state } = useShell();
  const { reading } = state;
  return (
    <header className="dr-pub-h">
      <div className="dr-wrap dr-pub-bar">
        {reading && (
          <a className="dr-brand" href={reading.home} title="All reports">
            <Mark />
            <span className="dr-ell" dir="auto">
              {reading.brand}
            </span>
          </a>
        )}
        <span className="dr-grow" />
        <Acts />
      </div>
      <div className="dr-wrap dr-pub-t">
        <div>
          <h1 dir="auto">{state.title}</h1>
          {reading?.note && (
            <p className="dr-pub-note" dir="auto">
              {reading.note}
            </p>
          )}
          {only && <About panel={only} />}
        </div>
        <div className="dr-meta">
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
  );
}

function Acts() {
  const { state, send } = useShell();
  const { reading } = state;
  const files = { verb: "export", table: null } as const;
  const toPrinter = (): void => void send({ ...files, format: "html" }).then(ifOk(print));
  usePrintKey(reading === null ? null : toPrinter);
  return (
    <>
      {reading?.rights.explore && (
        <a className="dr-btn dr-noprint" href={`${reading.address}?explore`}>
          <Icon name="components" />
          <span className="dr-word">Explore a copy</span>
        </a>
      )}
      {(reading === null || reading.rights.download) && (
        <Button
          className="dr-btn dr-noprint"
          onPress={() => void send({ ...files, format: "csv" }).then(ifOk(download))}
        >
          <Icon name="download" />
          <span className="dr-word">Download</span>
        </Button>
      )}
      <Button className="dr-btn dr-noprint" onPress={toPrinter}>
        <Icon name="print" />
        <span className="dr-word">Print</span>
      </Button>
    </>
  );
}

/** A published page is all there is in its tab: the browser's key prints what is made for paper, not the screen. */
function usePrintKey(toPrinter: (() => void) | null): void {
  const last = useRef(toPrinter);
  last.current = toPrinter;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isPrint =
        (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === "p";
      if (!isPrint || last.current === null) return;
      event.preventDefault();
      last.current();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, []);
}

/** Dates and filters of a panel; readers change them as far as the author allows. */
export function About({ panel }: { panel: PanelState }) {
  const { state, send } = useShell();
  const rights = state.reading?.rights;
  const canFilter = rights?.segments === true;
  return (
    <div className="dr-about">
      {state.hasTime &&
        (rights?.period ? <PeriodControl panel={panel} /> : <PeriodWords period={panel.period} />)}
      {(panel.chips.length > 0 || canFilter) && (
        <div className="dr-only" role="group" aria-label="Only these records">
          {panel.chips.map((chip, index) => (
            <Chips
              key={`${index}:${chip.label}`}
              chips={[chip]}
              onRemove={
                canFilter && chip.kind === "segment"
                  ? () => void send({ verb: "remove_filter", panel: panel.id, index })
                  : undefined
              }
            />
          ))}
          {canFilter && <AddSegment panel={panel} />}
        </div>
      )}
    </div>
  );
}

function AddSegment({ panel }: { panel: PanelState }) {
  const { catalog, send } = useShell();
  const segments = catalog.filter((each) => each.kind === "segment");
  if (segments.length === 0) return null;
  const label = `Add a segment to ${panel.title}`;
  return (
    <MenuTrigger>
      <Button className="dr-btn dr-quiet dr-noprint" aria-label={label}>
        <Icon name="plus" />
        Segment
      </Button>
      <Popover className="dr-pop dr-picker" placement="bottom start" offset={4} aria-label={label}>
        <SearchMenu
          label="Segments"
          searchLabel="Search segments"
          placeholder="Search segments"
          empty="No segment is called that."
          items={segments}
          onAction={(id) =>
            void send({
              verb: "drop",
              components: [{ kind: "segment", id: String(id) }],
              target: { on: "panel", panel: panel.id },
            })
          }
        >
          {(segment) => (
            <MenuItem id={segment.id} className="dr-menu-item" textValue={segment.label}>
              <span className="dr-ell" dir="auto">
                {segment.label}
              </span>
            </MenuItem>
          )}
        </SearchMenu>
      </Popover>
    </MenuTrigger>
  );
}

function PeriodWords({ period }: { period: PeriodState }) {
  return (
    <p className="dr-per">
      <b>{period.label}</b>
      {period.days && period.days !== period.label && ` · ${period.days}`}
    </p>
  );
}
