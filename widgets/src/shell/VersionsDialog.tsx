/** Earlier versions of the report: who saved what when, what was done between two of them, and the way back. */
import { useState } from "react";
import {
  Button,
  Dialog,
  Form,
  Heading,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  TextField,
} from "react-aria-components";
import { useAnswer } from "../explain/useAnswer";
import { useShell } from "../sync/context";
import type { VersionState } from "../sync/versions";
import { IconButton } from "../ui/IconButton";
import { Select } from "../ui/Select";
import { clip } from "../ui/Label";
import { Sheet } from "../ui/Sheet";
import { LONGEST_NOTE } from "./SaveDialog";

export function VersionsDialog({ onClose }: { onClose: () => void }) {
  const { question } = useShell();
  const found = useAnswer(() => question({ verb: "versions" }), []);
  return (
    <Sheet isDismissable onClose={onClose} className="dr-versions">
      <Dialog className="dr-dialog">
        <header>
          <Heading slot="title" level={2}>
            Versions
          </Heading>
          <IconButton icon="close" label="Close" onPress={onClose} />
        </header>
        {found.status === "failed" && (
          <p role="alert" className="dr-wrong">
            {found.message}
          </p>
        )}
        {found.status === "there" && (
          <Versions first={found.value.versions} {...found.value} onClose={onClose} />
        )}
      </Dialog>
    </Sheet>
  );
}

interface VersionsProps {
  first: VersionState[];
  current: number;
  onClose: () => void;
}

function Versions({ first, current, onClose }: VersionsProps) {
  const [versions, setVersions] = useState(first);
  const [chosen, setChosen] = useState(versions[0]?.revision ?? 0);
  const version = versions.find((each) => each.revision === chosen);
  if (!version) return <p>No version is kept of this report yet: it gets one each time it is saved.</p>;
  const noted = (changed: VersionState): void =>
    setVersions(versions.map((each) => (each.revision === changed.revision ? changed : each)));
  return (
    <div className="dr-versions-body">
      <ListBox
        aria-label="Versions"
        className="dr-versions-list"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[chosen]}
        onSelectionChange={(keys) => setChosen(Number([...keys][0]))}
        items={versions.map((each) => ({ ...each, id: each.revision }))}
        dependencies={[current]}
      >
        {(each) => (
          <ListBoxItem id={each.revision} className="dr-version" textValue={`${nameOf(each)} ${each.note}`}>
            <b>{nameOf(each)}</b>
            {each.revision === current && <span className="dr-badge">Open now</span>}
            <span className="dr-muted">{[each.when, each.author].filter(Boolean).join(", ")}</span>
            {each.note && (
              <span className="dr-ell" dir="auto" title={clip(each.note)}>
                {each.note}
              </span>
            )}
          </ListBoxItem>
        )}
      </ListBox>
      <Chosen key={chosen} version={version} versions={versions} onNoted={noted} onClose={onClose} />
    </div>
  );
}

function nameOf({ revision }: VersionState): string {
  return `Version ${revision}`;
}

interface ChosenProps {
  version: VersionState;
  versions: VersionState[];
  onNoted: (changed: VersionState) => void;
  onClose: () => void;
}

function Chosen({ version, versions, onNoted, onClose }: ChosenProps) {
  const { send } = useShell();
  const { revision } = version;
  const restore = (): void => void send({ verb: "restore", revision }).then(({ ok }) => ok && onClose());
  return (
    <div className="dr-versions-one">
      <Compared version={version} versions={versions} />
      <Note version={version} onNoted={onNoted} />
      <div className="dr-dialog-actions">
        <span className="dr-muted">Undo takes it back; nothing is saved by it.</span>
        <Button className="dr-btn dr-primary" onPress={restore}>
          {`Restore version ${revision}`}
        </Button>
      </div>
    </div>
  );
}

/** What was done between this version and another one, or the report as it stands: from the older to the newer. */
function Compared({ version, versions }: Pick<ChosenProps, "version" | "versions">) {
  const { question, state } = useShell();
  const { revision } = version;
  const [with_, setWith] = useState<number | null>(
    () => versions.find((each) => each.revision < revision)?.revision ?? null,
  );
  const [before, after] = with_ === null || with_ > revision ? [revision, with_] : [with_, revision];
  const found = useAnswer(
    () => question({ verb: "differences", before, after }),
    [before, after, state.undoLabel, state.redoLabel],
  );
  const others = versions
    .filter((each) => each.revision !== revision)
    .map((each): [string, string] => [String(each.revision), `${nameOf(each)}, ${each.when}`]);
  return (
    <section aria-label="What was done" className="dr-versions-done">
      <label className="dr-labelled">
        <span className="dr-label">{`Version ${revision} compared with`}</span>
        <Select
          value={String(with_ ?? "")}
          options={[["", "the report as it stands"], ...others]}
          onChange={(value) => setWith(value === "" ? null : Number(value))}
        />
      </label>
      <p>{`From version ${before} to ${after === null ? "what stands now" : `version ${after}`}:`}</p>
      {found.status === "failed" && (
        <p role="alert" className="dr-wrong">
          {found.message}
        </p>
      )}
      {found.status === "there" && found.value.lines.length === 0 && <p role="status">Nothing differs.</p>}
      {found.status === "there" && found.value.lines.length > 0 && (
        <ul tabIndex={0} aria-label="Differences">
          {found.value.lines.map((line) => (
            <li key={line} dir="auto">
              {line}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Note({ version, onNoted }: Pick<ChosenProps, "version" | "onNoted">) {
  const { send } = useShell();
  const [note, setNote] = useState(version.note);
  const isSame = note.trim() === version.note;
  return (
    <Form
      className="dr-versions-note"
      onSubmit={(event) => {
        event.preventDefault();
        if (isSame) return;
        void send({ verb: "annotate", revision: version.revision, note }).then(({ ok, data }) => {
          if (!ok) return;
          onNoted(data as VersionState);
          setNote((data as VersionState).note);
        });
      }}
    >
      <TextField className="dr-labelled" value={note} onChange={setNote} maxLength={LONGEST_NOTE}>
        <Label>Note</Label>
        <Input className="dr-input" dir="auto" placeholder="What this version is" />
      </TextField>
      <Button type="submit" className="dr-btn" isDisabled={isSame}>
        Save note
      </Button>
    </Form>
  );
}
