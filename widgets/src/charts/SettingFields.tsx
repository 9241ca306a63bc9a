/** What chooses and types values in the settings of a chart. */
import { useId, useState } from "react";
import { Button, Form, Input, Label, TextField } from "react-aria-components";
import { Option } from "../grid/settings/Parts";
import type { ChartSettings } from "../sync/charts";
import { Select } from "../ui/Select";

interface PickProps {
  label: string;
  value: string;
  options: readonly (readonly [id: string, label: string])[];
  /** Why it can't be set now. */
  off: string | null;
  onChange: (id: string) => void;
}

export function Pick({ label, value, options, off, onChange }: PickProps) {
  const id = useId();
  return (
    <div className="dr-limit" data-disabled={off !== null || undefined}>
      <label htmlFor={id}>
        {label}
        {off !== null && <small className="dr-hint">{off}</small>}
      </label>
      <Select id={id} value={value} options={options} disabled={off !== null} onChange={onChange} />
    </div>
  );
}

interface NumberFieldProps {
  label: string;
  value: number | null;
  /** What it begins with when it is switched on. */
  fallback: number;
  least?: number;
  most?: number;
  whole?: boolean;
  off: string | null;
  onChange: (value: number | null) => void;
}

/** A number that is there or not: a box to tick, and a field beside it. It is kept with Enter, or on leaving. */
export function NumberField(props: NumberFieldProps) {
  const { label, value, fallback, off, onChange } = props;
  return (
    <div className="dr-number-set">
      <Option
        label={label}
        on={value !== null}
        off={off !== null}
        {...(off === null ? {} : { hint: off })}
        onChange={(on) => onChange(on ? fallback : null)}
      />
      {value !== null && off === null && <Typed key={value} {...props} value={value} />}
    </div>
  );
}

function Typed({ label, value, least, most, whole, onChange }: NumberFieldProps & { value: number }) {
  const [text, setText] = useState(String(value));
  const next = text.trim() === "" ? NaN : Number(text.replace(/,/g, ""));
  const isRight =
    Number.isFinite(next) &&
    (!whole || Number.isInteger(next)) &&
    next >= (least ?? -Infinity) &&
    next <= (most ?? Infinity);
  const keep = (): void => {
    if (isRight && next !== value) onChange(next);
    else if (!isRight) setText(String(value));
  };
  return (
    <input
      className="dr-input"
      aria-label={label}
      inputMode="decimal"
      value={text}
      aria-invalid={!isRight}
      data-invalid={!isRight || undefined}
      onChange={(event) => setText(event.target.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        keep();
      }}
    />
  );
}

const GOALS = ["low", "mid", "high"] as const;
const NAMES = { low: "Low goal", mid: "Mid goal", high: "High goal" };

interface GoalFieldsProps {
  goals: ChartSettings["goals"];
  onChange: (goals: ChartSettings["goals"]) => void;
}

/** What a bullet measures its figure against: found by itself, or three numbers that go up. */
export function GoalFields({ goals, onChange }: GoalFieldsProps) {
  return (
    <>
      <Option
        label="Goals of my own"
        hint="Otherwise 50, 80 and 100 % of what the figure is out of"
        on={goals !== null}
        onChange={(on) => onChange(on ? { low: 50, mid: 80, high: 100 } : null)}
      />
      {goals && <Goals key={JSON.stringify(goals)} goals={goals} onChange={onChange} />}
    </>
  );
}

function Goals({
  goals,
  onChange,
}: {
  goals: NonNullable<ChartSettings["goals"]>;
  onChange: GoalFieldsProps["onChange"];
}) {
  const [texts, setTexts] = useState(() => GOALS.map((name) => String(goals[name])));
  const id = useId();
  const [low, mid, high] = texts.map((text) => (text.trim() === "" ? NaN : Number(text)));
  const isRight = 0 < low! && low! < mid! && mid! < high! && Number.isFinite(high);
  return (
    <Form
      className="dr-settings-sub"
      onSubmit={(event) => {
        event.preventDefault();
        if (isRight) onChange({ low: low!, mid: mid!, high: high! });
      }}
    >
      {GOALS.map((name, index) => (
        <TextField
          key={name}
          className="dr-limit"
          value={texts[index]!}
          isInvalid={!isRight}
          onChange={(text) => setTexts(texts.map((each, at) => (at === index ? text : each)))}
        >
          <Label>{NAMES[name]}</Label>
          <Input className="dr-input" inputMode="decimal" aria-describedby={id} />
        </TextField>
      ))}
      {!isRight && (
        <p className="dr-wrong" id={id}>
          Numbers that go up, from above 0.
        </p>
      )}
      <div className="dr-dialog-actions">
        <Button type="submit" className="dr-btn" isDisabled={!isRight}>
          Set goals
        </Button>
      </div>
    </Form>
  );
}
