/** Row search: a word or phrase, or (advanced) rules that names have to be like. */
import { useState } from "react";
import { Button, Checkbox, Dialog, Form, Input, Label, TextField } from "react-aria-components";
import { Choice } from "../../builder/Choice";
import type { How, Joined, NameRule } from "../../sync/search";
import type { BlockHead } from "../../sync/types";
import { DialogEnd } from "../../ui/DialogEnd";
import { Icon } from "../../ui/Icon";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import type { PagingProps } from "./paging";
import { Pop } from "./Pop";

/** What rules are called: the twin of HOWS in semantics/search.py. */
const HOWS: Record<How, string> = {
  contains: "contains",
  "contains-all": "contains all of",
  "contains-any": "contains any of",
  "does-not-contain": "does not contain",
  "does-not-contain-any": "does not contain any of",
  equals: "equals",
  "does-not-equal": "does not equal",
  "starts-with": "starts with",
  "ends-with": "ends with",
};
const JOINS: Record<Joined, string> = { all: "all of these rules (And)", any: "any of these rules (Or)" };

/** A rule on its way: `key` tells rows of the form apart. */
type Draft = NameRule & { key: number };

export function Search({ table, head, anchor, onClose, ask }: PagingProps) {
  const [text, setText] = useState(head.search);
  const [missing, setMissing] = useState(head.includeMissing);
  const [joined, setJoined] = useState<Joined>(head.kept.joined);
  const [rules, setRules] = useState<Draft[]>(() => head.kept.rules.map((rule, key) => ({ ...rule, key })));
  const [next, setNext] = useState(head.kept.rules.length);
  const isAdvanced = rules.length > 0;
  const add = (how: How, from = ""): void => {
    setRules([...rules, { how, text: from, key: next }]);
    setNext(next + 1);
  };
  const advance = (): void => {
    add("contains", text);
    setText("");
  };
  const name = `Search rows of ${head.label}`;
  return (
    <Pop anchor={anchor} label={name} onClose={onClose}>
      <Dialog aria-label={name} className={isAdvanced ? "dr-dialog dr-advanced" : "dr-dialog"}>
        <Form
          onSubmit={(event) => {
            event.preventDefault();
            const path = head.path;
            const kept = rules.map(({ how, text: phrase }) => ({ how, text: phrase.trim() }));
            ask({
              ...{ verb: "set_search", table, path, text: text.trim(), include_missing: missing },
              ...{ rules: kept.filter((rule) => rule.text !== ""), joined },
            });
          }}
        >
          <Missing head={head} isKept={missing} onChange={setMissing} />
          {isAdvanced ? (
            <Rules
              rules={rules}
              joined={joined}
              onJoin={setJoined}
              onChange={setRules}
              onAdd={() => add("contains")}
            />
          ) : (
            <TextField value={text} onChange={setText} autoFocus className="dr-labelled">
              <Label>Search word or phrase</Label>
              <Input className="dr-input" />
            </TextField>
          )}
          <DialogEnd onClose={onClose} submit="Apply">
            {isAdvanced ? (
              <Button className="dr-btn dr-quiet" onPress={() => setRules([])}>
                Simple
              </Button>
            ) : (
              <Button className="dr-btn dr-quiet" onPress={advance}>
                Advanced…
              </Button>
            )}
          </DialogEnd>
        </Form>
      </Dialog>
    </Pop>
  );
}

interface MissingProps {
  head: BlockHead;
  isKept: boolean;
  onChange: (kept: boolean) => void;
}

function Missing({ head, isKept, onChange }: MissingProps) {
  return (
    <Checkbox
      isSelected={isKept}
      onChange={onChange}
      isDisabled={!head.hasMissing && isKept}
      className="dr-check"
    >
      <span className="dr-box" aria-hidden="true" />
      Include unspecified (None)
    </Checkbox>
  );
}

interface RulesProps {
  rules: Draft[];
  joined: Joined;
  onJoin: (joined: Joined) => void;
  onChange: (rules: Draft[]) => void;
  onAdd: () => void;
}

function Rules({ rules, joined, onJoin, onChange, onAdd }: RulesProps) {
  const put = (key: number, changed: Partial<NameRule>): void =>
    onChange(rules.map((rule) => (rule.key === key ? { ...rule, ...changed } : rule)));
  return (
    <>
      {rules.length > 1 && (
        <Choice
          label="Rows whose name matches"
          value={joined}
          options={JOINS}
          onChange={(value) => onJoin(value === "any" ? "any" : "all")}
        />
      )}
      {rules.map((rule, index) => (
        <div key={rule.key} className="dr-rule" role="group" aria-label={`Rule ${index + 1}`}>
          <Select
            aria-label="Condition"
            value={rule.how}
            options={Object.entries(HOWS) as [How, string][]}
            onChange={(how) => put(rule.key, { how })}
          />
          <TextField
            aria-label="Text"
            value={rule.text}
            onChange={(text) => put(rule.key, { text })}
            autoFocus={index === rules.length - 1}
            className="dr-rule-text"
          >
            <Input className="dr-input" dir="auto" />
          </TextField>
          <IconButton
            icon="close"
            label={`Remove rule ${index + 1}`}
            onPress={() => onChange(rules.filter(({ key }) => key !== rule.key))}
          />
        </div>
      ))}
      <div>
        <Button className="dr-btn dr-quiet" onPress={onAdd}>
          <Icon name="plus" />
          Add a rule
        </Button>
      </div>
    </>
  );
}
