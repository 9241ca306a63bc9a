/** The reports as a table. Rows are drawn as one comes to them: thousands are no more work than a hundred. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import type { ReportEntry } from "../sync/home";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";
import { channelsOf, type Order } from "./choose";
import { useGrowing } from "./useGrowing";

interface ReportTableProps {
  reports: ReportEntry[];
  isAuthor: boolean;
  me: string;
  order: Order;
  onOrder: (order: Order) => void;
  ticked: ReadonlySet<string>;
  onTick: (name: string) => void;
  onTickAll: (names: string[]) => void;
  onOpen: (report: ReportEntry) => void;
}

export function ReportTable(props: ReportTableProps) {
  const { reports, isAuthor, order, ticked } = props;
  const { count, end } = useGrowing(reports);
  const custom = reports.filter((each) => each.kind === "custom").map((each) => each.name);
  const areAll = custom.length > 0 && custom.every((name) => ticked.has(name));
  const hasChannels = reports.some((each) => each.channels.length > 0);
  return (
    <table className="dr-rt" aria-label="Reports" onKeyDown={walk}>
      <thead>
        <tr>
          {isAuthor && (
            <th className="dr-rt-tick">
              <Tick
                label="Select all custom reports"
                isTicked={areAll}
                isSome={!areAll && custom.some((name) => ticked.has(name))}
                isDisabled={custom.length === 0}
                onTick={() => props.onTickAll(areAll ? [] : custom)}
              />
            </th>
          )}
          <Head by="title" order={order} onOrder={props.onOrder}>
            Label
          </Head>
          {isAuthor && <th className="dr-rt-kind">Kind</th>}
          {hasChannels && <th className="dr-rt-channel">Channel</th>}
          <th className="dr-rt-owner">Owner</th>
          <Head by="modified" order={order} onOrder={props.onOrder}>
            {isAuthor ? "Last modified" : "Published"}
          </Head>
        </tr>
      </thead>
      <tbody>
        {reports.slice(0, count).map((report) => (
          <Row
            key={`${report.kind}:${report.name}`}
            {...props}
            report={report}
            hasChannels={hasChannels}
            isTicked={report.kind === "custom" && ticked.has(report.name)}
          />
        ))}
      </tbody>
      {count < reports.length && (
        <tfoot>
          <tr ref={end}>
            <td colSpan={6}>{`${reports.length - count} more…`}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

interface RowProps extends ReportTableProps {
  report: ReportEntry;
  hasChannels: boolean;
  isTicked: boolean;
}

function Row({ report, isAuthor, me, hasChannels, isTicked, onTick, onOpen }: RowProps) {
  const { name, title, kind, description, problem } = report;
  const isTemplate = kind === "template";
  return (
    <tr className={isTicked ? "dr-on" : undefined}>
      {isAuthor && (
        <td className="dr-rt-tick">
          <Tick
            label={isTemplate ? `${title} is a template and can’t be selected` : `Select ${title}`}
            isTicked={isTicked}
            isDisabled={isTemplate}
            onTick={() => onTick(name)}
          />
        </td>
      )}
      <td className="dr-rt-label">
        <span className="dr-rt-name">
          <span className={`dr-ric${isTemplate ? "" : " dr-custom"}`} aria-hidden="true">
            <Icon name="doc" />
          </span>
          <Opener report={report} isAuthor={isAuthor} onOpen={onOpen} />
          {isAuthor && report.address !== null && (
            <span className="dr-badge" title={report.address}>
              Published
            </span>
          )}
          <span className={`dr-ell ${problem === null ? "dr-muted" : "dr-wrong"}`} dir="auto">
            {problem === null ? description : "can’t be read"}
          </span>
        </span>
      </td>
      {isAuthor && <td className="dr-rt-kind">{isTemplate ? "Template" : "Custom"}</td>}
      {hasChannels && <td className="dr-rt-channel">{channelsOf(report).join(", ")}</td>}
      <td className="dr-rt-owner dr-ell" dir="auto">
        {report.owner !== "" && report.owner === me ? "Me" : report.owner}
      </td>
      <td className="dr-rt-when">{report.modified || "–"}</td>
    </tr>
  );
}

/** Readers go to the address of a report; authors open it in place. */
function Opener({ report, isAuthor, onOpen }: Pick<RowProps, "report" | "isAuthor" | "onOpen">) {
  const { title, address, problem } = report;
  const tip = clip(problem ?? title);
  if (!isAuthor && address !== null && problem === null)
    return (
      <a className="dr-rt-open dr-ell" href={address} title={tip} dir="auto">
        {title}
      </a>
    );
  return (
    <button
      type="button"
      className="dr-rt-open dr-ell"
      title={tip}
      dir="auto"
      disabled={problem !== null}
      onClick={() => onOpen(report)}
    >
      {title}
    </button>
  );
}

interface TickProps {
  label: string;
  isTicked: boolean;
  isSome?: boolean;
  isDisabled?: boolean;
  onTick: () => void;
}

function Tick({ label, isTicked, isSome = false, isDisabled = false, onTick }: TickProps) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    box.current!.indeterminate = isSome;
  }, [isSome]);
  return (
    <input
      ref={box}
      type="checkbox"
      className="dr-tick"
      aria-label={clip(label)}
      checked={isTicked}
      disabled={isDisabled}
      onChange={onTick}
    />
  );
}

interface HeadProps {
  by: Order["by"];
  order: Order;
  onOrder: (order: Order) => void;
  children: ReactNode;
}

function Head({ by, order, onOrder, children }: HeadProps) {
  const isSorted = order.by === by;
  const direction = order.descending ? "descending" : "ascending";
  // Dates start with the newest, words with A.
  const next = { by, descending: isSorted ? !order.descending : by === "modified" };
  return (
    <th
      className={by === "modified" ? "dr-rt-when" : "dr-rt-label"}
      aria-sort={isSorted ? direction : undefined}
    >
      <button type="button" className="dr-rt-sort" onClick={() => onOrder(next)}>
        {children}
        {isSorted && <Icon name={order.descending ? "sort" : "sort-up"} small />}
      </button>
    </th>
  );
}

/** Arrow up and down walk the labels, as in a list. */
function walk(event: KeyboardEvent<HTMLTableElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const openers = [...event.currentTarget.querySelectorAll<HTMLElement>(".dr-rt-open:not(:disabled)")];
  const at = openers.indexOf(event.target as HTMLElement);
  const next = at < 0 ? undefined : openers[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
