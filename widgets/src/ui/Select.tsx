/** A list to choose one of a few from. */
import type { SelectHTMLAttributes } from "react";
import { Icon } from "./Icon";

type Native = Omit<SelectHTMLAttributes<HTMLSelectElement>, "value" | "onChange" | "children">;

interface SelectProps<T extends string> extends Native {
  value: T;
  options: readonly (readonly [value: T, words: string])[];
  onChange: (value: T) => void;
}

export function Select<T extends string>({ value, options, onChange, ...rest }: SelectProps<T>) {
  return (
    <span className="dr-select">
      <select {...rest} value={value} onChange={(event) => onChange(event.target.value as T)}>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
      <Icon name="down" small />
    </span>
  );
}
