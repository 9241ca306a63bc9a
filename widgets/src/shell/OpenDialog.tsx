/** Opening another report, or beginning one: what becomes of unsaved changes is asked first. */
import { useState } from "react";
import { Button, Dialog, Heading, MenuItem, Text } from "react-aria-components";
import { useShell } from "../sync/context";
import type { SavedReport } from "../sync/types";
import { clip } from "../ui/Label";
import { SearchMenu } from "../ui/SearchMenu";
import { Sheet } from "../ui/Sheet";

type Asked = { about: "reports"; reports: SavedReport[] } | { about: "changes"; next: () => void };

export interface Opening {
  asked: Asked | null;
  list: () => void;
  begin: () => void;
  go: (next: () => void, sure?: boolean) => void;
  close: () => void;
}

export function useOpening(): Opening {
  const { state, send } = useShell();
  const [asked, setAsked] = useState<Asked | null>(null);
  const go = (next: () => void, sure = false): void => {
    if (state.unsaved && !sure) return setAsked({ about: "changes", next });
    setAsked(null);
    next();
  };
  return {
    asked,
    go,
    begin: () => go(() => void send({ verb: "new" })),
    list: () =>
      void send({ verb: "reports" }).then(
        ({ reports }) => reports && setAsked({ about: "reports", reports }),
      ),
    close: () => setAsked(null),
  };
}

export function OpenDialog({ opening, onSave }: { opening: Opening; onSave: () => void }) {
  const { asked, close } = opening;
  return (
    <Sheet isDismissable isOpen={asked !== null} onClose={close}>
      {asked?.about === "reports" && <Reports reports={asked.reports} opening={opening} />}
      {asked?.about === "changes" && (
        <Changes
          onCancel={close}
          onGo={() => opening.go(asked.next, true)}
          onSave={() => {
            close();
            onSave();
          }}
        />
      )}
    </Sheet>
  );
}

function Reports({ reports, opening }: { reports: SavedReport[]; opening: Opening }) {
  const { send } = useShell();
  const broken = reports.filter((each) => each.problem !== null).map((each) => each.name);
  return (
    <Dialog className="dr-dialog dr-open">
      <Heading slot="title" level={2}>
        Open a report
      </Heading>
      <SearchMenu
        label="Saved reports"
        searchLabel="Search reports"
        placeholder="Search reports"
        empty={reports.length === 0 ? "There are no saved reports yet." : "No report is called that."}
        items={reports}
        disabledKeys={broken}
        onAction={(name) => opening.go(() => void send({ verb: "open", name: String(name) }))}
      >
        {(report) => (
          <MenuItem
            id={report.name}
            textValue={`${report.title} ${report.name}`}
            className="dr-menu-item dr-report"
          >
            <Text slot="label" className="dr-ell" dir="auto">
              <span title={clip(report.problem ?? report.title)}>{report.title}</span>
            </Text>
            <Text slot="description" className="dr-ell dr-reason">
              {report.problem === null ? report.modified : "can’t be read"}
            </Text>
          </MenuItem>
        )}
      </SearchMenu>
      <div className="dr-dialog-actions">
        <Button className="dr-btn dr-quiet" onPress={opening.close}>
          Cancel
        </Button>
      </div>
    </Dialog>
  );
}

function Changes({ onCancel, onGo, onSave }: { onCancel: () => void; onGo: () => void; onSave: () => void }) {
  return (
    <Dialog className="dr-dialog" role="alertdialog">
      <Heading slot="title" level={2}>
        There are unsaved changes
      </Heading>
      <p>They are gone once this report is closed. This can’t be undone.</p>
      <div className="dr-dialog-actions">
        <Button className="dr-btn dr-quiet" onPress={onCancel}>
          Cancel
        </Button>
        <Button className="dr-btn dr-danger" onPress={onGo}>
          Go on without saving
        </Button>
        <Button className="dr-btn dr-primary" onPress={onSave}>
          Save first…
        </Button>
      </div>
    </Dialog>
  );
}
