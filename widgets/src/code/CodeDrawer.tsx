/** The code of the table that is worked on, beside the picture: to read, to copy, to go on with in a cell. */
import { useEffect, useRef, useState } from "react";
import { Button, type Key, Tab, TabList, TabPanel, Tabs, ToggleButton } from "react-aria-components";
import { useBase, useShell } from "../sync/context";
import { tablesOf } from "../sync/items";
import type { CodeAnswer, CodeForm } from "../sync/types";
import { Icon, KindGlyph } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { clip } from "../ui/Label";
import { useCode, useCodeIsOpen } from "./context";
import { copyText } from "./copy";
import { canInsert, insertCell } from "./insertCell";
import { linesOf, sourceOf } from "./lines";
import { useCodeOf } from "./useCodeOf";

const FORMS: { id: CodeForm; title: string; label: string }[] = [
  { id: "pandas", title: "pandas", label: "pandas code of the table" },
  { id: "python", title: "dynreports", label: "Python of the report" },
  { id: "definitions", title: "Definitions", label: "What the components mean" },
];
const NO_NOTEBOOK = "Cells can be inserted in JupyterLab only: the code was copied, paste it into a cell.";
const NO_CLIPBOARD = "The browser did not let us copy. Select the code and press Ctrl+C.";
const STAYS = 4_000;

export function CodeToggle() {
  const { open, close } = useCode();
  const isOpen = useCodeIsOpen();
  return (
    <ToggleButton
      className="dr-btn dr-quiet dr-code-toggle"
      isSelected={isOpen}
      onChange={(next) => (next ? open() : close())}
    >
      <span className="dr-worded" title="Code">
        <Icon name="code" />
        <span className="dr-word">Code</span>
      </span>
    </ToggleButton>
  );
}

export function CodeDrawer() {
  const { state } = useShell();
  const { close } = useCode();
  const isOpen = useCodeIsOpen();
  const [form, setForm] = useState<CodeForm>("pandas");
  if (!isOpen) return null;
  const table = state.panels.flatMap(tablesOf).find(({ id }) => id === state.table);
  return (
    <aside
      className="dr-drawer"
      aria-label="Code"
      onKeyDown={(event) => event.key === "Escape" && !event.defaultPrevented && close()}
    >
      <header>
        <h2 className="dr-ell" dir="auto">
          Code {table && <span title={clip(table.title)}>of {table.title}</span>}
        </h2>
        <IconButton icon="close" label="Close the code" onPress={close} />
      </header>
      {table ? (
        <Tabs
          className="dr-tabs"
          selectedKey={form}
          onSelectionChange={(key: Key) => setForm(key as CodeForm)}
        >
          <TabList aria-label="Kind of code">
            {FORMS.map(({ id, title }) => (
              <Tab key={id} id={id}>
                {title}
              </Tab>
            ))}
          </TabList>
          {FORMS.map(({ id, label }) => (
            <TabPanel key={id} id={id} className="dr-tab-panel">
              <CodePanel table={table.id} form={id} label={label} />
            </TabPanel>
          ))}
        </Tabs>
      ) : (
        <p className="dr-drawer-none">This report has no table yet.</p>
      )}
    </aside>
  );
}

function CodePanel({ table, form, label }: { table: string; form: CodeForm; label: string }) {
  const { answer, error } = useCodeOf(table, form);
  if (error !== null) {
    return (
      <p className="dr-drawer-none" role="alert" dir="auto">
        {error}
      </p>
    );
  }
  if (!answer) return <p className="dr-drawer-none">Writing the code…</p>;
  if (form === "definitions") return <Definitions answer={answer} label={label} />;
  return (
    <>
      <pre className="dr-code" tabIndex={0} aria-label={label}>
        {linesOf(answer.tokens).map((line, index) => (
          <span key={index} className="dr-ln">
            {line.map(([kind, text], at) =>
              kind === "" ? (
                text
              ) : (
                <span key={at} className={`dr-t-${kind}`}>
                  {text}
                </span>
              ),
            )}
            {"\n"}
          </span>
        ))}
      </pre>
      <Take answer={answer} />
    </>
  );
}

function Definitions({ answer, label }: { answer: CodeAnswer; label: string }) {
  if (answer.definitions.length === 0) return <p className="dr-drawer-none">The table is empty.</p>;
  return (
    <dl className="dr-defs" tabIndex={0} aria-label={label}>
      {answer.definitions.map(({ kind, label: name, words, formula }) => (
        <div key={`${kind} ${name}`}>
          <dt>
            <KindGlyph kind={kind} />
            <span dir="auto">{name}</span>
          </dt>
          {words && <dd dir="auto">{words}</dd>}
          {formula && (
            <dd>
              <code dir="auto">{formula}</code>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}

/** Copy, and insert as a cell. What was done is said, and shown for a moment. */
function Take({ answer }: { answer: CodeAnswer }) {
  const { model, say } = useBase();
  const place = useRef<HTMLElement>(null);
  const [words, setWords] = useState("");
  useEffect(() => {
    if (words === "") return;
    const timer = setTimeout(() => setWords(""), STAYS);
    return () => clearTimeout(timer);
  }, [words]);
  const tell = (next: string): void => {
    setWords(next);
    say(next);
  };
  const copy = async (text: string, done: string): Promise<void> =>
    tell((await copyText(text, place.current!)) ? done : NO_CLIPBOARD);
  const insert = (): void => {
    if (insertCell(model.widget_manager, place.current!, model.get("view"), answer.cell.trimEnd()))
      tell("Inserted a cell below.");
    else void copy(answer.cell, NO_NOTEBOOK);
  };
  return (
    <footer ref={place}>
      <span className="dr-took" dir="auto">
        {words && <Icon name={words === NO_CLIPBOARD ? "warn" : "check"} />}
        {words}
      </span>
      <Button className="dr-btn" onPress={() => void copy(sourceOf(answer.tokens), "Copied.")}>
        <Icon name="copy" />
        Copy
      </Button>
      <Button
        className="dr-btn dr-primary"
        onPress={insert}
        aria-description={canInsert(model.widget_manager) ? undefined : NO_NOTEBOOK}
      >
        Insert cell
      </Button>
    </footer>
  );
}
