/** The named periods, by group, with a search. In a narrow place: a drop-down. */
import { useEffect, useRef, useState } from "react";
import {
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  SearchField,
  useFilter,
} from "react-aria-components";
import type { PresetState } from "../sync/types";
import { Icon } from "../ui/Icon";

const ALL = "all-dates";

interface PresetsProps {
  presets: readonly PresetState[];
  chosen: string | null;
  isAll: boolean;
  isCompact: boolean;
  /** Undefined: the chosen one was cleared. */
  onChoose: (preset: PresetState | undefined) => void;
  onAll: () => void;
}

export function Presets(props: PresetsProps) {
  return props.isCompact ? <PresetSelect {...props} /> : <PresetList {...props} />;
}

function PresetList({ presets, chosen, isAll, onChoose, onAll }: PresetsProps) {
  const [text, setText] = useState("");
  const { contains } = useFilter({ sensitivity: "base" });
  const found = presets.filter((preset) => contains(preset.label, text));
  const groups = groupsOf(found);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The list fills itself after it is mounted.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector("[data-selected]")?.scrollIntoView({ block: "center" }),
    );
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div className="dr-pp-presets">
      <SearchField
        aria-label="Search presets"
        className="dr-field"
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key === "ArrowDown") list.current?.querySelector<HTMLElement>("[role=option]")?.focus();
          else event.continuePropagation();
        }}
      >
        <Icon name="search" />
        <Input placeholder="Presets" />
      </SearchField>
      <ListBox
        ref={list}
        aria-label="Presets"
        className="dr-pp-list"
        selectionMode="single"
        selectedKeys={isAll ? [ALL] : chosen === null ? [] : [chosen]}
        onSelectionChange={(keys) => {
          const [key] = keys === "all" ? [] : [...keys];
          if (key === ALL) onAll();
          else if (!isAll || key !== undefined) onChoose(presets.find((preset) => preset.id === key));
        }}
        renderEmptyState={() => <p className="dr-menu-empty">No preset has that name.</p>}
      >
        {contains("All dates", text) && <Preset id={ALL} label="All dates" />}
        {groups.map(([group, members]) => (
          <ListBoxSection key={group} id={`group:${group}`}>
            <Header>{group}</Header>
            {members.map((preset) => (
              <Preset key={preset.id} id={preset.id} label={preset.label} />
            ))}
          </ListBoxSection>
        ))}
      </ListBox>
    </div>
  );
}

function Preset({ id, label }: { id: string; label: string }) {
  return (
    <ListBoxItem id={id} textValue={label} className="dr-pp-preset">
      {({ isSelected }) => (
        <>
          {label}
          {isSelected && <Icon name="check" />}
        </>
      )}
    </ListBoxItem>
  );
}

function PresetSelect({ presets, chosen, isAll, onChoose, onAll }: PresetsProps) {
  return (
    <div className="dr-pp-presets">
      <span className="dr-select">
        <select
          aria-label="Preset"
          value={isAll ? ALL : (chosen ?? "")}
          onChange={({ target }) =>
            target.value === ALL ? onAll() : onChoose(presets.find((preset) => preset.id === target.value))
          }
        >
          <option value="">Custom</option>
          <option value={ALL}>All dates</option>
          {groupsOf(presets).map(([group, members]) => (
            <optgroup key={group} label={group}>
              {members.map((preset) => (
                <option key={preset.id} value={preset.id}>
                  {preset.label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        <Icon name="down" small />
      </span>
    </div>
  );
}

function groupsOf(presets: readonly PresetState[]): [string, PresetState[]][] {
  const groups = new Map<string, PresetState[]>();
  for (const preset of presets) {
    const members = groups.get(preset.group);
    if (members) members.push(preset);
    else groups.set(preset.group, [preset]);
  }
  return [...groups];
}
