/** The builder of a calculated metric: a formula over the metrics there are, and what it gives right now. */
import { useState } from "react";
import { useShell } from "../sync/context";
import type { MetricDraft } from "../sync/types";
import { Choice } from "./Choice";
import { FormulaField } from "./FormulaField";
import { Frame } from "./Frame";
import { useAnswer } from "./useAnswer";

const EMPTY: MetricDraft = {
  label: "",
  description: "",
  formula: "",
  format: "number",
  decimals: 2,
  on_zero: "zero",
  shared: false,
};
const DECIMALS = [0, 1, 2, 3, 4, 5, 6];

interface MetricDialogProps {
  id: string | null;
  draft: MetricDraft | null;
  onClose: () => void;
}

export function MetricDialog({ id, draft: given, onClose }: MetricDialogProps) {
  const { state } = useShell();
  const [draft, setDraft] = useState(given ?? EMPTY);
  const change = (part: Partial<MetricDraft>): void => setDraft((last) => ({ ...last, ...part }));
  const { formula, format, decimals, on_zero } = draft;
  const isEmpty = formula.trim() === "";
  const fields = useAnswer({ verb: "fields" }).data?.fields ?? [];
  const { data, error, isCurrent } = useAnswer(
    isEmpty ? null : { verb: "preview_metric", formula, format, decimals, on_zero, table: state.table },
  );
  const problem = isEmpty || !isCurrent ? null : (data?.problem ?? null);
  const isRight = !isEmpty && isCurrent && data !== null && data.problem === null;
  return (
    <Frame
      title={id === null ? "New calculated metric" : "Change the metric"}
      label={draft.label}
      onLabel={(label) => change({ label })}
      description={draft.description}
      onDescription={(description) => change({ description })}
      shared={draft.shared}
      onShared={given?.shared ? null : (shared) => change({ shared })}
      intent={isRight ? { verb: "save_metric", id, ...draft } : null}
      onClose={onClose}
    >
      <FormulaField
        value={formula}
        onChange={(next) => change({ formula: next })}
        fields={fields}
        problem={problem}
      />
      <div className="dr-builder-row">
        <Choice
          label="Shown as"
          value={format}
          options={{ number: "Number", percent: "Percent" }}
          onChange={(next) => change({ format: next as MetricDraft["format"] })}
        />
        <Choice
          label="Decimals"
          value={String(decimals)}
          options={Object.fromEntries(DECIMALS.map((each) => [String(each), String(each)]))}
          onChange={(next) => change({ decimals: Number(next) })}
        />
        <Choice
          label="Divided by 0"
          value={on_zero}
          options={{ zero: "0", blank: "Blank" }}
          onChange={(next) => change({ on_zero: next as MetricDraft["on_zero"] })}
        />
      </div>
      <section className="dr-preview" aria-label="Preview" aria-busy={!isEmpty && !isCurrent}>
        {error !== null && !isEmpty && isCurrent ? (
          <p className="dr-wrong">{error}</p>
        ) : data && !isEmpty && data.problem === null ? (
          <>
            <p>
              <b className="dr-preview-figure">{data.value}</b> in all of the panel
            </p>
            <p dir="auto">{data.words}</p>
            <dl>
              {data.rows.map(([label, figure], index) => (
                <div key={index}>
                  <dt className="dr-ell" dir="auto">
                    {label}
                  </dt>
                  <dd>{figure}</dd>
                </div>
              ))}
            </dl>
          </>
        ) : (
          <p>The figure shows here as you write.</p>
        )}
      </section>
    </Frame>
  );
}
