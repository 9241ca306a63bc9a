/** What both builders share: a dialog with a name, what it means, what is wrong, and Save. */
import { type ReactNode, useState } from "react";
import { Dialog, Form, Heading, Input, Label, TextField } from "react-aria-components";
import { useBase, useShell } from "../sync/context";
import type { Intent } from "../sync/types";
import { DialogEnd } from "../ui/DialogEnd";
import { Sheet } from "../ui/Sheet";
import { Choice } from "./Choice";

interface FrameProps {
  title: string;
  label: string;
  /** What it is called where no name is written; empty: it needs one. */
  instead?: string;
  onLabel: (label: string) => void;
  description: string;
  onDescription: (description: string) => void;
  /** Whether it is saved for everybody; what everybody has stays that. */
  shared: boolean;
  onShared: ((shared: boolean) => void) | null;
  /** What is sent on Save; null: it is not complete yet. */
  intent: Intent | null;
  onClose: () => void;
  children: ReactNode;
}

export function Frame({
  title,
  label,
  instead = "",
  onLabel,
  description,
  onDescription,
  shared,
  onShared,
  intent,
  onClose,
  children,
}: FrameProps) {
  const { ask } = useBase();
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (intent === null || isBusy) return;
    setBusy(true);
    const { error } = await ask(intent);
    setBusy(false);
    if (error) setProblem(error.message);
    else onClose();
  };
  return (
    <Sheet onClose={onClose}>
      <Dialog className="dr-dialog dr-builder">
        <Form
          validationBehavior="aria"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <TextField className="dr-labelled" value={label} onChange={onLabel} autoFocus maxLength={120}>
            <Label>Name</Label>
            <Input className="dr-input" dir="auto" placeholder={instead} />
          </TextField>
          {children}
          <TextField className="dr-labelled" value={description} onChange={onDescription} maxLength={1000}>
            <Label>Description (optional)</Label>
            <Input className="dr-input" dir="auto" placeholder="What it means, for others" />
          </TextField>
          <SaveIn shared={shared} onShared={onShared} />
          <DialogEnd
            problem={problem}
            onClose={onClose}
            submit="Save"
            isDisabled={intent === null || (label.trim() === "" && instead === "") || isBusy}
          />
        </Form>
      </Dialog>
    </Sheet>
  );
}

function SaveIn({ shared, onShared }: Pick<FrameProps, "shared" | "onShared">) {
  const { state } = useShell();
  return (
    <div className="dr-save-in">
      <Choice
        label="Save in"
        value={shared ? "catalog" : "report"}
        options={{ report: "This report", catalog: "The data’s catalog" }}
        isDisabled={onShared === null}
        onChange={(next) => onShared?.(next === "catalog")}
      />
      <p>
        {shared
          ? `Everybody who works with this data finds it there (${state.catalogFile}). That is no step of undo.`
          : "Part of this report, and of its undo."}
      </p>
    </div>
  );
}
