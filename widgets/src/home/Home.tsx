/** The list of reports: search, filters, order, and what can be done to those that are ticked. */
import { useMemo, useState } from "react";
import { Button, Input, SearchField } from "react-aria-components";
import type { Deleted, HomeIntent, HomeState, ReportEntry } from "../sync/home";
import { useWaiting } from "../sync/hooks";
import type { Sender } from "../sync/sender";
import type { Reply } from "../sync/types";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Mark } from "../ui/Mark";
import { Actions, type Undo } from "./Actions";
import { chosen, isFiltered, NEWEST_FIRST, NO_FILTERS, toggled } from "./choose";
import { FilterPane } from "./FilterPane";
import { RenameDialog } from "./RenameDialog";
import { ReportTable } from "./ReportTable";
import { SendingsPage } from "./Sendings";

interface HomeProps {
  home: HomeState;
  sender: Sender;
  send: (intent: HomeIntent) => Promise<Reply>;
  ask: (intent: HomeIntent) => Promise<Reply>;
}

export function Home({ home, sender, send, ask }: HomeProps) {
  const [filters, setFilters] = useState(NO_FILTERS);
  const [order, setOrder] = useState(NEWEST_FIRST);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [undo, setUndo] = useState<Undo | null>(null);
  const [renamed, setRenamed] = useState<ReportEntry | null>(null);
  const [hasPane, setPane] = useState(true);
  const [view, setView] = useState<View>("Reports");
  const waiting = useWaiting(sender);
  const { reports } = home;
  const shown = useMemo(() => chosen(reports, filters, order), [reports, filters, order]);
  const selected = useMemo(
    () => shown.filter((each) => each.kind === "custom" && ticked.has(each.name)),
    [shown, ticked],
  );
  const isAuthor = home.audience === "authors";
  const isList = view === "Reports";

  const remove = async (): Promise<void> => {
    const reply = await send({ verb: "delete", names: selected.map((each) => each.name) });
    if (!reply.ok) return;
    setTicked(new Set());
    setUndo({ said: reply.say ?? "Deleted.", tokens: (reply.data as Deleted).tokens });
  };
  const duplicate = async (): Promise<void> => {
    const reply = await send({ verb: "duplicate", names: selected.map((each) => each.name) });
    if (reply.ok) setTicked(new Set());
  };
  const restore = async ({ tokens }: Undo): Promise<void> => {
    const reply = await send({ verb: "restore", tokens });
    if (reply.ok) setUndo(null);
  };

  return (
    <div className="dr-home" data-pane={hasPane && isList}>
      <header className="dr-home-head">
        <Mark />
        <h1 className={isAuthor ? "dr-sr" : undefined}>{view}</h1>
        {isAuthor && <Views view={view} onView={setView} />}
        {isList && (
          <>
            <span className="dr-badge" title="Shown of all">
              <span aria-hidden="true">{`${shown.length}/${reports.length}`}</span>
              <span className="dr-sr" role="status">{`${shown.length} of ${reports.length} reports`}</span>
            </span>
            <IconButton
              icon="rail"
              label={hasPane ? "Hide filters" : "Show filters"}
              isExpanded={hasPane}
              onPress={() => setPane(!hasPane)}
            />
          </>
        )}
        <span className="dr-grow" />
        <SearchField
          className="dr-field"
          aria-label={isList ? "Search reports" : "Search campaigns"}
          value={filters.text}
          onChange={(text) => setFilters({ ...filters, text })}
        >
          <Icon name="search" />
          <Input placeholder={isList ? "Search reports" : "Search campaigns"} dir="auto" />
        </SearchField>
        {isAuthor && (
          <Button
            className="dr-btn dr-primary"
            isDisabled={home.cannotCreate !== null}
            aria-description={home.cannotCreate ?? undefined}
            onPress={() => void send({ verb: "create" })}
          >
            <Icon name="plus" />
            <span className="dr-home-word">Create New Project</span>
          </Button>
        )}
      </header>
      {hasPane && isList && <FilterPane home={home} filters={filters} onChange={setFilters} />}
      <div className="dr-home-main">
        {waiting !== "no" && waiting !== "soon" && <div className="dr-due" aria-hidden="true" />}
        {isList ? (
          <>
            <Actions
              home={home}
              selected={selected}
              undo={undo}
              onRename={setRenamed}
              onDuplicate={() => void duplicate()}
              onDelete={() => void remove()}
              onClear={() => setTicked(new Set())}
              onUndo={(what) => void restore(what)}
            />
            {shown.length > 0 ? (
              <ReportTable
                reports={shown}
                isAuthor={isAuthor}
                me={home.me}
                order={order}
                onOrder={setOrder}
                ticked={ticked}
                onTick={(name) => setTicked(toggled(ticked, name))}
                onTickAll={(names) => setTicked(new Set(names))}
                onOpen={({ name, kind }) => void send({ verb: "open", name, kind })}
              />
            ) : (
              <Nothing
                isAuthor={isAuthor}
                isFiltered={isFiltered(filters)}
                onClear={() => setFilters(NO_FILTERS)}
              />
            )}
          </>
        ) : (
          <SendingsPage text={filters.text} tab={home.tab} ask={ask} />
        )}
      </div>
      {renamed && <RenameDialog report={renamed} ask={ask} onClose={() => setRenamed(null)} />}
    </div>
  );
}

type View = "Reports" | "Campaigns";

/** The two lists that reports are opened from. */
function Views({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <nav className="dr-views" aria-label="Lists">
      {(["Reports", "Campaigns"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-current={each === view ? "page" : undefined}
          onClick={() => onView(each)}
        >
          {each}
        </button>
      ))}
    </nav>
  );
}

function Nothing({
  isAuthor,
  isFiltered,
  onClear,
}: {
  isAuthor: boolean;
  isFiltered: boolean;
  onClear: () => void;
}) {
  if (isFiltered)
    return (
      <div className="dr-start">
        <h2>No report is like that</h2>
        <p>Nothing fits the search and the filters together.</p>
        <Button className="dr-btn" onPress={onClear}>
          Show all reports
        </Button>
      </div>
    );
  return (
    <div className="dr-start">
      <h2>There are no reports yet</h2>
      <p>
        {isAuthor
          ? "Create one, or save one from a notebook: it appears here."
          : "Nothing is published yet. What its authors publish appears here."}
      </p>
    </div>
  );
}
