/** Filters of the list: each value with the number of reports that have it. */
import type { ReactNode } from "react";
import { Checkbox, CheckboxGroup, Label, Radio, RadioGroup } from "react-aria-components";
import type { HomeState, ReportEntry } from "../sync/home";
import { channelsOf, counted, type Filters } from "./choose";

const KINDS: [label: string, kind: ReportEntry["kind"] | null][] = [
  ["All", null],
  ["Custom", "custom"],
  ["Template", "template"],
];

interface FilterPaneProps {
  home: HomeState;
  filters: Filters;
  onChange: (filters: Filters) => void;
}

export function FilterPane({ home, filters, onChange }: FilterPaneProps) {
  const { reports, me } = home;
  const owners = counted(reports.map((each) => each.owner).filter(Boolean));
  const channels = counted(reports.flatMap(channelsOf));
  return (
    <div className="dr-home-filters" role="group" aria-label="Filters">
      {home.audience === "authors" && (
        <RadioGroup
          value={filters.kind ?? "all"}
          onChange={(kind) => onChange({ ...filters, kind: kindOf(kind) })}
        >
          <Label className="dr-filter-head">Kind</Label>
          {KINDS.map(([label, kind]) => (
            <Radio key={label} value={kind ?? "all"} className="dr-opt dr-opt-one">
              <Counted count={kind ? reports.filter((each) => each.kind === kind).length : reports.length}>
                {label}
              </Counted>
            </Radio>
          ))}
        </RadioGroup>
      )}
      <Several
        title="Owner"
        values={owners}
        chosen={filters.owners}
        wording={(owner) => (owner === me ? "Me" : owner)}
        onChange={(some) => onChange({ ...filters, owners: some })}
      />
      {reports.some((each) => each.channels.length > 0) && (
        <Several
          title="Channel"
          values={channels}
          chosen={filters.channels}
          onChange={(some) => onChange({ ...filters, channels: some })}
        />
      )}
    </div>
  );
}

function kindOf(value: string): Filters["kind"] {
  return KINDS.find(([, kind]) => kind === value)?.[1] ?? null;
}

interface SeveralProps {
  title: string;
  values: [value: string, count: number][];
  chosen: ReadonlySet<string>;
  wording?: (value: string) => string;
  onChange: (chosen: Set<string>) => void;
}

function Several({ title, values, chosen, wording = (value) => value, onChange }: SeveralProps) {
  if (values.length === 0) return null;
  return (
    <CheckboxGroup value={[...chosen]} onChange={(some) => onChange(new Set(some))}>
      <Label className="dr-filter-head">{title}</Label>
      {values.map(([value, count]) => (
        <Checkbox key={value} value={value} className="dr-check dr-opt">
          <span className="dr-box" aria-hidden="true" />
          <Counted count={count}>{wording(value)}</Counted>
        </Checkbox>
      ))}
    </CheckboxGroup>
  );
}

function Counted({ count, children }: { count: number; children: ReactNode }) {
  return (
    <span className="dr-counted">
      <span className="dr-ell" dir="auto">
        {children}
      </span>
      <small>{count}</small>
    </span>
  );
}
