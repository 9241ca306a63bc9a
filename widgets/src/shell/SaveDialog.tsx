/** Saving: under the report's own name at once; under a new one, or when somebody else saved too, after asking. */
import { useState } from "react";
import { Button, Dialog, Form, Heading, Input, Label, TextField } from "react-aria-components";
import { useShell } from "../sync/context";
import type { Reply } from "../sync/types";
import { DialogEnd } from "../ui/DialogEnd";
import { Sheet } from "../ui/Sheet";

type Problem = NonNullable<Reply["error"]>;
/** What is asked: a name, or what to do about a report that somebody else has saved since. */
export type Asked =
  { about: "name"; taken: string | null; problem: Problem | null } | { about: "conflict"; problem: Problem };

export interface Saving {
  asked: Asked | null;
  isBusy: boolean;
  save: () => void;
  saveAs: () => void;
  saveUnder: (name: string | null, overwrite: boolean) => void;
  close: () => void;
}

export function useSaving(): Saving {
  const { state, ask, say } = useShell();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [isBusy, setBusy] = useState(false);

  const saveUnder = (name: string | null, overwrite: boolean): void => {
    if (isBusy) return;
    setBusy(true);
    void ask({ verb: "save", name, overwrite }).then(({ error, say: words }) => {
      setBusy(false);
      if (error === null) {
        setAsked(null);
        if (words === null) say("Saved.");
      } else if (error.code === "conflict") setAsked({ about: "conflict", problem: error });
      else setAsked({ about: "name", taken: error.code === "exists" ? name : null, problem: error });
    });
  };
  const saveAs = (): void => setAsked({ about: "name", taken: null, problem: null });
  return {
    asked,
    isBusy,
    saveAs,
    saveUnder,
    save: () => (state.name === null ? saveAs() : saveUnder(null, false)),
    close: () => setAsked(null),
  };
}

export function SaveDialog({ saving }: { saving: Saving }) {
  const { asked, close } = saving;
  return (
    <Sheet isDismissable isOpen={asked !== null} onClose={close}>
      {asked?.about === "name" && <AskName saving={saving} asked={asked} />}
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
