/** Which report to open on a delivery, campaign or program: it tells its days, and what is not complete. */
import { useEffect, useState } from "react";
import { Dialog, Form, Heading } from "react-aria-components";
import type { HomeIntent, Scoped, Sending, Sendings } from "../sync/home";
import type { Reply } from "../sync/types";
import { DialogEnd } from "../ui/DialogEnd";
import { Icon } from "../ui/Icon";
import { Select } from "../ui/Select";
import { Sheet } from "../ui/Sheet";

interface OpenOnProps {
  sending: Sending;
  reports: Sendings["reports"];
  /** Where this notebook is a page; null: the report opens in place. */
  tab: string | null;
  ask: (intent: HomeIntent) => Promise<Reply>;
  onClose: () => void;
}

export function OpenOn({ sending, reports, tab, ask, onClose }: OpenOnProps) {
  const { on, id } = sending;
  const [template, setTemplate] = useState(reports[0]?.id ?? "");
  const [scope, setScope] = useState<Scoped | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    void ask({ verb: "scoped", on, id }).then((reply) => {
      if (reply.error) setProblem(reply.error.message);
      else setScope(reply.data as Scoped);
    });
  }, [ask, on, id]);
  const open = async (): Promise<void> => {
    if (tab !== null) {
      window.open(`${base()}${tab}?${new URLSearchParams({ template, [on]: id })}`, "_blank", "noopener");
      return onClose();
    }
    const { error } = await ask({ verb: "open_scoped", template, on, id });
    if (error) setProblem(error.message);
    else onClose();
  };
  return (
    <Sheet isDismissable onClose={onClose}>
      <Dialog className="dr-dialog">
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            void open();
          }}
        >
          <Heading slot="title" level={2}>
            <span dir="auto">{`Reports on ${sending.label} (${id})`}</span>
          </Heading>
          <p>
            {tab === null
              ? "The dynamic report opens here, in place of this list."
              : "The dynamic report opens in a new browser tab."}
            {scope && ` It begins with ${scope.days}; the dates and the ${on} can be changed there.`}
          </p>
          {sending.why && (
            <p className="dr-late-note">
              <Icon name="warn" />
              <span>{`Its figures are not complete yet: ${sending.why}.`}</span>
            </p>
          )}
          <label className="dr-labelled">
            <span className="dr-label">Report</span>
            <Select
              value={template}
              options={reports.map(({ id, label }) => [id, label])}
              onChange={setTemplate}
            />
          </label>
          <DialogEnd problem={problem} onClose={onClose} submit="Open report" isDisabled={scope === null} />
        </Form>
      </Dialog>
    </Sheet>
  );
}

/** Where the server's own paths begin, as JupyterLab and Voilà write it into their pages. */
function base(): string {
  const config = document.getElementById("jupyter-config-data")?.textContent;
  const found = config ? (JSON.parse(config) as { baseUrl?: string }).baseUrl : undefined;
  return found ?? "/";
}
