/** Between which figures the colours of a column run: found by themselves, or typed. */
import { useId, useState } from "react";
import { Button, Form, Input, Label, TextField } from "react-aria-components";
import type { ColumnChange, Settings } from "../../sync/types";
import { Choice, Option } from "./Parts";

const NAMES = ["Upper limit", "Midpoint", "Lower limit"] as const;
type Texts = [string, string, string];

interface LimitFieldsProps {
  settings: Settings;
  set: (change: ColumnChange) => void;
}

export function LimitFields({ settings, set }: LimitFieldsProps) {
  const { limits, auto, unit } = settings;
  const custom = limits !== null;
  const shown: Texts = custom
    ? (limits.map((each) => (each === null ? "" : String(each))) as Texts)
    : (auto ?? ["", "", ""]);
  const choose = (id: string): void => {
    if (id === "auto") set({ limits: null });
    else {
      const [upper, , lower] = (auto ?? []).map(plain);
      const usable = upper !== undefined && lower !== undefined && upper > lower;
      set({ limits: usable ? { upper, lower } : { upper: 1, lower: 0 } });
    }
  };
  return (
    <>
      <Option
        label="Use percent limits"
        on={settings.percentLimits}
        onChange={(on) => set({ percent_limits: on })}
      />
      <Choice
        name="Limits"
        value={custom ? "custom" : "auto"}
        options={[
          ["auto", "Auto-generated"],
          ["custom", "Custom"],
        ]}
        onChange={choose}
      />
      <Fields shown={shown} unit={unit} off={!custom} set={set} />
    </>
  );
}

interface FieldsProps {
  shown: Texts;
  unit: string;
  off: boolean;
  set: (change: ColumnChange) => void;
}

function Fields({ shown, unit, off, set }: FieldsProps) {
  const [texts, setTexts] = useState(shown);
  const [known, setKnown] = useState(shown.join());
  // Other limits take the place of what was typed, in the same fields: the focus stays where it is.
  if (known !== shown.join()) {
    setKnown(shown.join());
    setTexts(shown);
  }
  const id = useId();
  const [upper, middle, lower] = texts.map((text) => (text.trim() === "" ? null : Number(text)));
  const numbers = [lower, middle, upper].filter((each) => each !== null && each !== undefined);
  const valid =
    upper !== null &&
    lower !== null &&
    numbers.every(Number.isFinite) &&
    upper! > lower! &&
    numbers.every((each, at) => at === 0 || each >= numbers[at - 1]!);
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        if (valid && texts.join() !== shown.join())
          set({ limits: { upper: upper!, lower: lower!, ...(middle == null ? {} : { middle }) } });
      }}
    >
      {NAMES.map((name, at) => (
        <TextField
          key={name}
          value={texts[at]!}
          isDisabled={off}
          isInvalid={!off && !valid}
          onChange={(text) => setTexts(texts.map((each, index) => (index === at ? text : each)) as Texts)}
          className="dr-limit"
        >
          <Label>{unit && !off ? `${name} (${unit})` : name}</Label>
          <Input className="dr-input" inputMode="decimal" aria-describedby={off ? undefined : id} />
        </TextField>
      ))}
      {!off && (
        <>
          {!valid && (
            <p className="dr-wrong" id={id}>
              Numbers that go down: upper, midpoint, lower.
            </p>
          )}
          <div className="dr-dialog-actions">
            <Button type="submit" className="dr-btn" isDisabled={!valid}>
              Set limits
            </Button>
          </div>
        </>
      )}
    </Form>
  );
}

function plain(text: string): number {
  return Number(text.replace(/[,%]/g, ""));
}
