/** A formula, with completion by keyboard: arrows choose, Enter or Tab takes, Escape puts the list away. */
import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { useShell } from "../sync/context";
import type { FieldInfo, MetricPreview } from "../sync/types";
import { clip } from "../ui/Label";
import { type Option, suggest, withOption } from "./completion";

interface FormulaFieldProps {
  value: string;
  onChange: (value: string) => void;
  fields: readonly FieldInfo[];
  problem: MetricPreview["problem"];
}

export function FormulaField({ value, onChange, fields, problem }: FormulaFieldProps) {
  const { catalog } = useShell();
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(value.length);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  /** Where the caret goes with the text that was taken: at once, since people type on. */
  const goes = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (goes.current === null) return;
    input.current?.setSelectionRange(goes.current, goes.current);
    goes.current = null;
  });
  const found = suggest(value, caret, catalog, fields);
  const { options } = found;
  const shown = isOpen && options.length > 0;
  const at = Math.min(active, options.length - 1);

  const take = (option: Option): void => {
    const [text, next] = withOption(value, found, option);
    onChange(text);
    setCaret(next);
    setActive(0);
    // A function goes on with its field; anything else is complete.
    setOpen(option.kind === "function" && option.insert.endsWith("("));
    input.current?.focus();
    goes.current = next;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (!shown) setOpen(true);
      else setActive((at + step + options.length) % options.length);
    } else if (shown && (event.key === "Enter" || event.key === "Tab")) take(options[at]!);
    else if (shown && event.key === "Escape") setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="dr-labelled">
      <label htmlFor={`${id}-in`}>Formula</label>
      <input
        ref={input}
        id={`${id}-in`}
        className="dr-input dr-formula"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-said`}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={2000}
        placeholder="[Open] / [Delivered]"
        value={value}
        onChange={({ target }) => {
          const next = target.selectionStart ?? target.value.length;
          onChange(target.value);
          setCaret(next);
          setActive(0);
          // Where nothing is begun, the arrow keys open the list.
          setOpen(suggest(target.value, next, catalog, fields).isBegun);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="Names" className="dr-complete" hidden={!shown}>
        {shown &&
          options.map((option, index) => (
            <li
              key={`${option.kind} ${option.label}`}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              title={clip(option.label)}
              onPointerDown={(event) => {
                event.preventDefault();
                take(option);
              }}
            >
              <span className="dr-ell" dir="auto">
                {option.label}
              </span>
              <small>{option.kind}</small>
            </li>
          ))}
      </ul>
      <p id={`${id}-said`} className={problem ? "dr-wrong" : undefined} role="status" dir="auto">
        {problem
          ? problem.message
          : "Metrics in [brackets], + - * / ( ), count(), sum([field]), distinct([field]), where [segment]."}
      </p>
    </div>
  );
}
