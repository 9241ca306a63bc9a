/** Another title for a report; its name, and so its address, stays. */
import { useState } from "react";
import { Dialog, Form, Heading, Input, Label, TextField } from "react-aria-components";
import type { HomeIntent, ReportEntry } from "../sync/home";
import type { Reply } from "../sync/types";
import { DialogEnd } from "../ui/DialogEnd";
import { Sheet } from "../ui/Sheet";

interface RenameDialogProps {
  report: ReportEntry;
  ask: (intent: HomeIntent) => Promise<Reply>;
  onClose: () => void;
}

export function RenameDialog({ report, ask, onClose }: RenameDialogProps) {
  const [title, setTitle] = useState(report.title);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wanted = title.trim();
  const rename = async (): Promise<void> => {
    setBusy(true);
    const { error } = await ask({ verb: "rename", name: report.name, title: wanted });
    setBusy(false);
    if (error) setProblem(error.message);
    else onClose();
  };
  return (
    <Sheet isDismissable onClose={onClose}>
      <Dialog className="dr-dialog">
        <Form
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted && !isBusy) void rename();
          }}
        >
          <Heading slot="title" level={2}>
            Rename report
          </Heading>
          <TextField
            className="dr-labelled"
            value={title}
            onChange={setTitle}
            autoFocus
            maxLength={120}
            isInvalid={problem !== null}
          >
            <Label>Title</Label>
            <Input className="dr-input" dir="auto" onFocus={(event) => event.currentTarget.select()} />
          </TextField>
          <DialogEnd problem={problem} onClose={onClose} submit="Rename" isDisabled={!wanted || isBusy} />
        </Form>
      </Dialog>
    </Sheet>
  );
}
