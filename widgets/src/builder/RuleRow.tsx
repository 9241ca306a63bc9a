/** One rule: a field, what is asked of it, and the values, found by search in the data. */
import { useId, useState } from "react";
import type { FieldInfo } from "../sync/types";
import { IconButton } from "../ui/IconButton";
import { Select } from "../ui/Select";
import { clip } from "../ui/Label";
import { type FieldType, type Kept, operatorsOf, type Rule } from "./rules";
import { useAnswer } from "./useAnswer";

interface RuleRowProps {
  node: Rule | Kept;
  number: number;
  fields: readonly FieldInfo[];
  onChange: (rule: Rule) => void;
  onRemove: (() => void) | undefined;
}

export function RuleRow({ node, number, fields, onChange, onRemove }: RuleRowProps) {
  const remove = onRemove && <IconButton icon="close" label={`Remove rule ${number}`} onPress={onRemove} />;
  if (node.kind === "kept")
    return (
      <div className="dr-rule">
        <code dir="auto">{clip(JSON.stringify(node.condition), 120)}</code>
        {remove}
      </div>
    );
  const type = fields.find(({ name }) => name === node.field)?.type ?? "text";
  const operators = operatorsOf(type);
  const operator = operators.find(({ id }) => id === node.op) ?? operators[0]!;
  const setField = (name: string): void => {
    const next = fields.find((each) => each.name === name);
    const fits = operatorsOf(next?.type ?? "text").some(({ id }) => id === node.op);
    onChange({
      ...node,
      field: name,
      op: fits ? node.op : operatorsOf(next?.type ?? "text")[0]!.id,
      values: [],
    });
  };
  const setValue = (index: number, value: string): void => {
    const values = [...node.values];
    values[index] = value;
    onChange({ ...node, values: Array.from(values, (each) => each ?? "") });
  };
  return (
    <div className="dr-rule" role="group" aria-label={`Rule ${number}`}>
      <Select
        aria-label="Field"
        value={node.field}
        options={fields.map(({ name, label }) => [name, label])}
        onChange={setField}
      />
      <Select
        aria-label="Condition"
        value={operator.id}
        options={operators.map(({ id, label }) => [id, label])}
        onChange={(op) => onChange({ ...node, op })}
      />
      {operator.values === null ? (
        <Many rule={node} type={type} onChange={(values) => onChange({ ...node, values })} />
      ) : (
        Array.from({ length: operator.values }, (_, index) => (
          <Value
            key={index}
            label={operator.values === 1 ? "Value" : index === 0 ? "From" : "To"}
            field={node.field}
            type={type}
            value={node.values[index] ?? ""}
            onChange={(value) => setValue(index, value)}
          />
        ))
      )}
      {remove}
    </div>
  );
}

const TRUTHS: [string, string][] = [
  ["", "Choose…"],
  ["true", "true"],
  ["false", "false"],
];

interface ValueProps {
  label: string;
  field: string;
  type: FieldType;
  value: string;
  onChange: (value: string) => void;
  onEnter?: () => void;
}

function Value({ label, field, type, value, onChange, onEnter }: ValueProps) {
  const id = useId();
  const isText = type === "text";
  const found = useAnswer(isText || type === "integer" ? { verb: "values", field, text: value } : null).data;
  if (type === "boolean")
    return <Select aria-label={label} value={value} options={TRUTHS} onChange={onChange} />;
  return (
    <>
      <input
        className="dr-input"
        aria-label={label}
        dir="auto"
        list={id}
        inputMode={isText || type === "time" ? undefined : "decimal"}
        type={type === "time" ? "date" : "text"}
        value={value}
        placeholder={isText ? "Search a value" : undefined}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !onEnter || value === "") return;
          event.preventDefault();
          onEnter();
        }}
      />
      {type !== "time" && (
        <datalist id={id}>
          {found?.values.map((each) => (
            <option key={String(each)} value={String(each)} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** Several values: Enter takes what is typed. */
function Many({
  rule,
  type,
  onChange,
}: {
  rule: Rule;
  type: FieldType;
  onChange: (values: string[]) => void;
}) {
  const [typed, setTyped] = useState("");
  const take = (): void => {
    if (!rule.values.includes(typed)) onChange([...rule.values, typed]);
    setTyped("");
  };
  return (
    <span className="dr-many">
      {rule.values.map((value) => (
        <span key={value} className="dr-tag">
          <span className="dr-ell" dir="auto">
            {value}
          </span>
          <IconButton
            icon="close"
            label={`Remove ${value}`}
            onPress={() => onChange(rule.values.filter((each) => each !== value))}
          />
        </span>
      ))}
      <Value
        label="Add a value"
        field={rule.field}
        type={type}
        value={typed}
        onChange={setTyped}
        onEnter={take}
      />
      <button type="button" className="dr-btn" disabled={typed === ""} onClick={take}>
        Add
      </button>
    </span>
  );
}
