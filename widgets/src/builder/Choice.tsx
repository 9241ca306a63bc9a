/** A list to choose one of a few from, with its name above. */
import { Select } from "../ui/Select";

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
      <Select value={value} options={Object.entries(options)} disabled={isDisabled} onChange={onChange} />
    </label>
  );
}
