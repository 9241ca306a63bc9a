/** Saving: under the report's own name at once; under a new one, or when somebody else saved too, after asking. */
import { useState } from "react";
import { Button, Dialog, Form, Heading, Input, Label, TextField } from "react-aria-components";
import { useShell } from "../sync/context";
import type { Reply } from "../sync/types";
import { DialogEnd } from "../ui/DialogEnd";
import { Sheet } from "../ui/Sheet";

type Problem = NonNullable<Reply["error"]>;
/** What is asked: a name, what to say of this version, or what to do about a report that somebody else has saved
 * since. */
export type Asked =
  | { about: "name"; taken: string | null; problem: Problem | null }
  | { about: "note"; problem: Problem | null }
  | { about: "conflict"; problem: Problem };

export interface Saving {
  asked: Asked | null;
  isBusy: boolean;
  save: () => void;
  saveAs: () => void;
  saveWithNote: () => void;
  saveUnder: (name: string | null, overwrite: boolean) => void;
  /** What is said of this version; it outlasts a question about names. */
  note: string;
  setNote: (note: string) => void;
  close: () => void;
}

export function useSaving(): Saving {
  const { state, ask, say } = useShell();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [note, setNote] = useState("");

  const saveUnder = (name: string | null, overwrite: boolean): void => {
    if (isBusy) return;
    setBusy(true);
    const said = note.trim();
    void ask({ verb: "save", name, overwrite, ...(said && { note: said }) }).then(({ error, say: words }) => {
      setBusy(false);
      if (error === null) {
        close();
        if (words === null) say("Saved.");
      } else if (error.code === "conflict") setAsked({ about: "conflict", problem: error });
      else if (asked?.about === "note") setAsked({ about: "note", problem: error });
      else setAsked({ about: "name", taken: error.code === "exists" ? name : null, problem: error });
    });
  };
  const close = (): void => {
    setAsked(null);
    setNote("");
  };
  const saveAs = (): void => setAsked({ about: "name", taken: null, problem: null });
  return {
    asked,
    isBusy,
    saveAs,
    saveUnder,
    note,
    setNote,
    saveWithNote: () => (state.name === null ? saveAs() : setAsked({ about: "note", problem: null })),
    save: () => (state.name === null ? saveAs() : saveUnder(null, false)),
    close,
  };
}

export function SaveDialog({ saving }: { saving: Saving }) {
  const { asked, close } = saving;
  return (
    <Sheet isDismissable isOpen={asked !== null} onClose={close}>
      {asked?.about === "name" && <AskName saving={saving} asked={asked} />}
      {asked?.about === "note" && <AskNote saving={saving} problem={asked.problem} />}
      {asked?.about === "conflict" && <AskConflict saving={saving} problem={asked.problem} />}
    </Sheet>
  );
}

function AskName({ saving, asked }: { saving: Saving; asked: Extract<Asked, { about: "name" }> }) {
  const { state } = useShell();
  const [name, setName] = useState(state.suggested);
  const wanted = name.trim();
  const isTaken = asked.taken !== null && asked.taken === wanted;
  const isWrong = asked.problem !== null && (isTaken || asked.taken === null);
  return (
    <Dialog className="dr-dialog">
      <Form
        // A name that was refused can be sent again: to replace the report that has it.
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted) saving.saveUnder(wanted, isTaken);
        }}
      >
        <Heading slot="title" level={2}>
          Save report as
        </Heading>
        <TextField
          className="dr-labelled"
          value={name}
          onChange={setName}
          autoFocus
          maxLength={120}
          isInvalid={isWrong}
        >
          <Label>Name</Label>
          <Input className="dr-input" dir="auto" onFocus={(event) => event.currentTarget.select()} />
        </TextField>
        <NoteField saving={saving} />
        <DialogEnd
          problem={isWrong ? asked.problem!.message : null}
          onClose={saving.close}
          submit={isTaken ? "Replace it" : "Save"}
          isDisabled={!wanted || saving.isBusy}
          isDanger={isTaken}
        />
      </Form>
    </Dialog>
  );
}

/** As long as notes may be: versions.py. */
export const LONGEST_NOTE = 500;

function NoteField({ saving, isFirst }: { saving: Saving; isFirst?: boolean }) {
  return (
    <TextField
      className="dr-labelled"
      value={saving.note}
      onChange={saving.setNote}
      maxLength={LONGEST_NOTE}
      autoFocus={isFirst}
    >
      <Label>Note on this version</Label>
      <Input className="dr-input" dir="auto" placeholder="Optional" />
    </TextField>
  );
}

function AskNote({ saving, problem }: { saving: Saving; problem: Problem | null }) {
  return (
    <Dialog className="dr-dialog">
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          saving.saveUnder(null, false);
        }}
      >
        <Heading slot="title" level={2}>
          Save with a note
        </Heading>
        <NoteField saving={saving} isFirst />
        <DialogEnd
          problem={problem?.message}
          onClose={saving.close}
          submit="Save"
          isDisabled={saving.isBusy}
        />
      </Form>
    </Dialog>
  );
}

function AskConflict({ saving, problem }: { saving: Saving; problem: Problem }) {
  return (
    <Dialog className="dr-dialog" role="alertdialog">
      <Heading slot="title" level={2}>
        {problem.title}
      </Heading>
      <p>{problem.message}</p>
      <div className="dr-dialog-actions">
        <Button className="dr-btn dr-quiet" onPress={saving.close}>
          Cancel
        </Button>
        <Button
          className="dr-btn dr-danger"
          isDisabled={saving.isBusy}
          onPress={() => saving.saveUnder(null, true)}
        >
          Replace theirs
        </Button>
        <Button className="dr-btn dr-primary" onPress={saving.saveAs}>
          Save mine as…
        </Button>
      </div>
    </Dialog>
  );
}
