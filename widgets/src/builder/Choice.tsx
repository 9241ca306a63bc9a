/** A list to choose one of a few from, with its name above. */
import { Icon } from "../ui/Icon";

interface ChoiceProps {
  label: string;
  value: string;
  options: Record<string, string>;
  isDisabled?: boolean;
  onChange: (value: string) => void;
}

export function Choice({ label, value, options, isDisabled, onChange }: ChoiceProps) {
  return (
    <label className="dr-labelled">
      <span className="dr-label">{label}</span>
      <span className="dr-select">
        <select value={value} disabled={isDisabled} onChange={(event) => onChange(event.target.value)}>
          {Object.entries(options).map(([key, text]) => (
            <option key={key} value={key}>
              {text}
            </option>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </label>
  );
}
