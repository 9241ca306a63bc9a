/** Visualization Settings: how a chart is drawn. Everything applies at once; what means nothing here is not there. */
import { memo, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { Option, SettingsFrame } from "../grid/settings/Parts";
import type { ChartPayload, ChartSettings as Settings } from "../sync/charts";
import type { ChartState } from "../sync/items";
import { useBase } from "../sync/context";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";
import { GoalFields, NumberField, Pick } from "./SettingFields";
import { TypePicker } from "./TypePicker";
import { useChart, useChartPart } from "./useChart";

const isThere = (payload: ChartPayload | undefined): boolean => payload !== undefined;

export const ChartSettings = memo(function ChartSettings({ chart }: { chart: ChartState }) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  if (!useChartPart(chart.id, isThere)) return null;
  return (
    <>
      <Button
        ref={button}
        className="dr-ib"
        aria-label={clip(`Visualization settings of ${chart.title}`)}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onPress={() => setOpen(true)}
      >
        <span title="Visualization settings" className="dr-ib-face">
          <Icon name="settings" />
        </span>
      </Button>
      {isOpen && <Panel chart={chart} anchor={button.current!} onClose={() => setOpen(false)} />}
    </>
  );
});

type Flag = {
  [K in keyof Settings]: Settings[K] extends boolean ? K : never;
}[keyof Settings];
/** The settings that are on or off, in the order they stand in; `axes` and what is beside them under a heading. */
const FLAGS: readonly [name: Flag, label: string, hint?: string][] = [
  ["percentages", "Percentages", "Values as shares of their series' total"],
  ["stacked_100", "100 % stacked", "Every stack is as high as the whole"],
  ["legend", "Legend visible"],
  ["trend", "Trend", "A small line of the figure over time"],
  ["others", "Show the rest as one item", "Where figures add up"],
  ["dual_axis", "Display dual axis", "The second metric on an axis at the right"],
  ["normalized", "Normalization", "Every series scaled to the same height"],
];
const AXES: typeof FLAGS = [
  ["zero", "Anchor y axis at zero"],
  ["axes", "Axes visible"],
  ["axis_titles", "Axis titles"],
];
const UNITS: Record<string, string> = {
  minute: "Minute",
  hour: "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
  quarter: "Quarter",
  year: "Year",
};

interface PanelProps {
  chart: ChartState;
  anchor: HTMLElement;
  onClose: () => void;
}

function Panel({ chart, anchor, onClose }: PanelProps) {
  const { send } = useBase();
  const payload = useChart(chart.id)!;
  const { settings, offers } = payload;
  const set = (change: Partial<Settings>): void =>
    void send({ verb: "set_chart", chart: chart.id, ...change });
  const has = (name: keyof Settings): boolean => name in offers;
  const flags = (list: typeof FLAGS) =>
    list
      .filter(([name]) => has(name))
      .map(([name, label, hint]) => (
        <Flagged
          key={name}
          {...{ label }}
          on={settings[name]}
          off={offers[name] ?? null}
          hint={hint}
          onChange={(on) => set({ [name]: on })}
        />
      ));
  return (
    <SettingsFrame anchor={anchor} title="Visualization settings" of={chart.title} onClose={onClose}>
      <h4>Visualization type</h4>
      <TypePicker chart={chart} onPick={(type) => void send({ verb: "set_chart", chart: chart.id, type })} />
      <h4>Settings</h4>
      {flags(FLAGS.slice(0, 4))}
      {has("max_items") && (
        <NumberField
          label="Limit max items"
          value={settings.max_items}
          fallback={10}
          least={1}
          most={400}
          whole
          off={offers.max_items ?? null}
          onChange={(max_items) => set({ max_items })}
        />
      )}
      {flags(FLAGS.slice(4))}
      {has("granularity") && (
        <Pick
          label="Granularity"
          value={settings.granularity ?? ""}
          options={[["", "Automatic"], ...payload.granularities.map((unit) => [unit, UNITS[unit]!] as const)]}
          off={offers.granularity ?? null}
          onChange={(unit) => set({ granularity: (unit || null) as Settings["granularity"] })}
        />
      )}
      {has("threshold") && (
        <NumberField
          label="Threshold"
          value={settings.threshold}
          fallback={0}
          off={offers.threshold ?? null}
          onChange={(threshold) => set({ threshold })}
        />
      )}
      {has("goals") && <GoalFields goals={settings.goals} onChange={(goals) => set({ goals })} />}
      {has("summarize") && (
        <Pick
          label="Summarize rows by"
          value={settings.summarize}
          options={[
            ["total", "Total"],
            ["sum", "Sum"],
            ["mean", "Mean"],
            ["median", "Median"],
            ["min", "Lowest"],
            ["max", "Highest"],
          ]}
          off={offers.summarize ?? null}
          onChange={(summarize) => set({ summarize: summarize as Settings["summarize"] })}
        />
      )}
      {has("change") && (
        <Pick
          label="Show the change as"
          value={settings.change}
          options={[
            ["percent", "Percent"],
            ["difference", "Difference"],
          ]}
          off={offers.change ?? null}
          onChange={(change) => set({ change: change as Settings["change"] })}
        />
      )}
      {has("abbreviate") && (
        <Pick
          label="Abbreviate"
          value={settings.abbreviate === null ? "" : String(settings.abbreviate)}
          options={[
            ["", "In full"],
            ["0", "No decimals"],
            ["1", "1 decimal"],
            ["2", "2 decimals"],
            ["3", "3 decimals"],
          ]}
          off={offers.abbreviate ?? null}
          onChange={(text) => set({ abbreviate: text === "" ? null : Number(text) })}
        />
      )}
      {flags([["hide_title", "Hide the title"]])}
      {AXES.some(([name]) => has(name)) && (
        <>
          <h4>Axes</h4>
          {flags(AXES)}
        </>
      )}
    </SettingsFrame>
  );
}

interface FlaggedProps {
  label: string;
  hint: string | undefined;
  on: boolean;
  /** Why it can't be set now. */
  off: string | null;
  onChange: (on: boolean) => void;
}

function Flagged({ label, hint, on, off, onChange }: FlaggedProps) {
  const words = off ?? hint;
  return (
    <Option
      label={label}
      on={on}
      off={off !== null}
      onChange={onChange}
      {...(words === undefined ? {} : { hint: words })}
    />
  );
}
