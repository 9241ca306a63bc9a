/** Campaigns and deliveries: a list of which each has a button that opens a report on it, in a tab of its own. */
import { useEffect, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import type { HomeIntent, Sending, Sendings } from "../sync/home";
import type { Reply } from "../sync/types";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";
import { matching } from "./choose";
import { OpenOn } from "./OpenOn";
import { useGrowing } from "./useGrowing";

interface SendingsProps {
  text: string;
  tab: string | null;
  ask: (intent: HomeIntent) => Promise<Reply>;
}

export function SendingsPage({ text, tab, ask }: SendingsProps) {
  const [all, setAll] = useState<Sendings | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [opened, setOpened] = useState<Sending | null>(null);
  useEffect(() => {
    void ask({ verb: "objects" }).then((reply) => {
      if (reply.error) setProblem(reply.error.message);
      else setAll(reply.data as Sendings);
    });
  }, [ask]);
  const shown = useMemo(
    () => all?.objects.filter((each) => matching(`${each.label} ${each.id} ${each.within}`, text)) ?? [],
    [all, text],
  );
  if (problem !== null)
    return (
      <div className="dr-start" role="alert">
        <h2>There are no campaigns here</h2>
        <p>{problem}</p>
      </div>
    );
  if (all === null) return <p className="dr-nothing">Reading the campaigns…</p>;
  return (
    <>
      <p className="dr-home-acts dr-muted" role="status">
        {`${shown.length} of ${all.objects.length} programs, campaigns and deliveries`}
      </p>
      <SendingTable sendings={shown} onOpen={setOpened} />
      {opened && (
        <OpenOn sending={opened} reports={all.reports} tab={tab} ask={ask} onClose={() => setOpened(null)} />
      )}
    </>
  );
}

function SendingTable({ sendings, onOpen }: { sendings: Sending[]; onOpen: (sending: Sending) => void }) {
  const { count, end } = useGrowing(sendings);
  if (sendings.length === 0) return <p className="dr-nothing">Nothing is called that.</p>;
  return (
    <table className="dr-rt" aria-label="Campaigns and deliveries">
      <thead>
        <tr>
          <th className="dr-rt-label">Label</th>
          <th className="dr-rt-what">Kind</th>
          <th className="dr-rt-channel">Channel</th>
          <th className="dr-rt-within">Part of</th>
          <th className="dr-rt-days">When</th>
          <th className="dr-rt-report">
            <span className="dr-sr">Reports</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {sendings.slice(0, count).map((each) => (
          <tr key={`${each.on}:${each.id}`}>
            <td>
              <span className="dr-rt-name">
                <span className="dr-ell dr-rt-open" dir="auto" title={clip(each.label)}>
                  {each.label}
                </span>
                <span className="dr-muted">{each.id}</span>
                {each.why && (
                  <span className="dr-late" title={clip(`Not complete yet: ${each.why}`)}>
                    <Icon name="warn" small />
                    Incomplete
                  </span>
                )}
              </span>
            </td>
            <td className="dr-rt-what">{each.what}</td>
            <td className="dr-rt-channel">{each.channel}</td>
            <td className="dr-rt-within dr-ell" dir="auto" title={clip(each.within)}>
              {each.within}
            </td>
            <td className="dr-rt-days">{each.when}</td>
            <td className="dr-rt-report">
              <Button
                className="dr-btn"
                aria-label={clip(`Reports on ${each.label} (${each.id})`)}
                onPress={() => onOpen(each)}
              >
                <Icon name="bars" />
                Reports
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
      {count < sendings.length && (
        <tfoot>
          <tr ref={end}>
            <td colSpan={6}>{`${sendings.length - count} more…`}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}
