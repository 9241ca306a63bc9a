/** Publishing: where readers find the report, which version they get, and what they may do with it. */
import { useEffect, useState } from "react";
import { Button, Checkbox, Dialog, Form, Heading, Input, Label, TextField } from "react-aria-components";
import { Refusal, useShell } from "../sync/context";
import type { Publication, Rights } from "../sync/publishing";
import { DialogEnd } from "../ui/DialogEnd";
import { Sheet } from "../ui/Sheet";

const RIGHTS: [right: keyof Rights, label: string, what: string][] = [
  ["period", "Choose other dates", "For themselves: nothing of it is saved."],
  ["segments", "Put segments on panels", "Those of the data and of this report."],
  ["download", "Download the figures", "Printing is always possible."],
  ["explore", "Explore a copy", "A workspace over all figures of the data."],
  ["records", "List the records behind figures", "Every field of the data, of every person."],
];

export function PublishDialog({ onClose }: { onClose: () => void }) {
  const { question } = useShell();
  const [standing, setStanding] = useState<Publication | null>(null);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    question({ verb: "publication" }).then(setStanding, (error: unknown) =>
      setProblem(error instanceof Refusal ? error.message : String(error)),
    );
  }, [question]);
  return (
    <Sheet isDismissable onClose={onClose}>
      <Dialog className="dr-dialog dr-publish">
        <Heading slot="title" level={2}>
          Publish report
        </Heading>
        {problem && (
          <p role="alert" className="dr-wrong">
            {problem}
          </p>
        )}
        {standing && <PublishForm standing={standing} onClose={onClose} />}
      </Dialog>
    </Sheet>
  );
}

function PublishForm({ standing, onClose }: { standing: Publication; onClose: () => void }) {
  const { state, ask, say } = useShell();
  const { published, address } = standing;
  const [rights, setRights] = useState(standing.rights);
  const [note, setNote] = useState(published?.note ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const unsaved = state.unsaved || state.name === null;
  const finish = async (verb: "publish" | "withdraw"): Promise<void> => {
    setBusy(true);
    const isNew = verb === "publish";
    // What is saved is published: changes are saved first, under the report's own name.
    const saved = isNew && unsaved ? await ask({ verb: "save", name: null, overwrite: false }) : null;
    const failed = saved?.error ?? (await ask(isNew ? { verb, note, ...rights } : { verb })).error;
    setBusy(false);
    if (failed) return setProblem(failed.message);
    say(isNew ? "Published." : "Withdrawn.");
    onClose();
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void finish("publish");
      }}
    >
      <p>
        {published
          ? `Readers get revision ${published.revision}, published ${published.when}` +
            (published.author ? ` by ${published.author}. ` : ". ") +
            "Publish again to give them the report as it is now."
          : "Readers get the report as it is now, and go on with it until you publish again."}
      </p>
      {address && (
        <p>
          Address on the page server: <b className="dr-mono">{address}</b>
        </p>
      )}
      <TextField className="dr-labelled" value={note} onChange={setNote} maxLength={300}>
        <Label>Note for readers</Label>
        <Input className="dr-input" dir="auto" />
      </TextField>
      <div role="group" aria-label="Readers may">
        <span className="dr-label">Beside reading, sorting and printing, readers may</span>
        {RIGHTS.map(([right, label, what]) => (
          <Checkbox
            key={right}
            className="dr-check"
            isSelected={rights[right]}
            onChange={(allowed) => setRights({ ...rights, [right]: allowed })}
          >
            <span className="dr-box" aria-hidden="true" />
            <span>
              {label} <span className="dr-muted">{what}</span>
            </span>
          </Checkbox>
        ))}
      </div>
      <DialogEnd
        problem={problem}
        onClose={onClose}
        submit={unsaved && state.name !== null ? "Save and publish" : published ? "Publish again" : "Publish"}
        isDisabled={isBusy}
      >
        {published && (
          <Button
            className="dr-btn dr-quiet dr-danger"
            isDisabled={isBusy}
            onPress={() => void finish("withdraw")}
          >
            Withdraw
          </Button>
        )}
        <span className="dr-grow" />
      </DialogEnd>
    </Form>
  );
}
