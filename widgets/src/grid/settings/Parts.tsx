/** What both pop-overs of settings are made of: check boxes, radios, headings. */
import type { ReactNode } from "react";
import { Checkbox, Dialog, Heading, Popover, Radio, RadioGroup } from "react-aria-components";
import { IconButton } from "../../ui/IconButton";

interface FrameProps {
  anchor: HTMLElement;
  /** Beside the column, so that what changes stays in view; under the rows' head. */
  beside?: boolean;
  title: string;
  of: string;
  onClose: () => void;
  children: ReactNode;
}

/** The frame: what it is about, and a cross. It stays open while settings change; Escape closes it. */
export function SettingsFrame({ anchor, beside = false, title, of, onClose, children }: FrameProps) {
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement={beside ? "end top" : "bottom start"}
      className="dr-pop"
      aria-label={`${title} of ${of}`}
    >
      <Dialog aria-label={`${title} of ${of}`} className="dr-settings">
        <header>
          <Heading slot={undefined} level={3}>
            {title}
          </Heading>
          <IconButton icon="close" label="Close" onPress={onClose} />
        </header>
        <p className="dr-settings-of dr-ell" dir="auto">
          {of}
        </p>
        {children}
      </Dialog>
    </Popover>
  );
}

interface OptionProps {
  label: string;
  hint?: string;
  on: boolean;
  off?: boolean;
  onChange: (on: boolean) => void;
}

export function Option({ label, hint, on, off = false, onChange }: OptionProps) {
  return (
    <Checkbox isSelected={on} isDisabled={off} onChange={onChange} className="dr-check">
      <span className="dr-box" aria-hidden="true" />
      <span>
        {label}
        {hint && <small className="dr-hint">{hint}</small>}
      </span>
    </Checkbox>
  );
}

interface ChoiceProps {
  name: string;
  value: string;
  options: readonly (readonly [id: string, label: string])[];
  off?: boolean;
  onChange: (id: string) => void;
}

export function Choice({ name, value, options, off = false, onChange }: ChoiceProps) {
  return (
    <RadioGroup aria-label={name} value={value} isDisabled={off} onChange={onChange} className="dr-radios">
      {options.map(([id, label]) => (
        <Radio key={id} value={id} className="dr-check dr-radio">
          <span className="dr-box" aria-hidden="true" />
          {label}
        </Radio>
      ))}
    </RadioGroup>
  );
}
