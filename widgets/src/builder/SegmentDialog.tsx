/** The builder of a segment: rules in groups, and how many records match right now. */
import { useEffect, useMemo, useState } from "react";
import { useShell } from "../sync/context";
import type { Condition, PanelState, SegmentDraft } from "../sync/types";
import { Frame } from "./Frame";
import { RuleGroup } from "./RuleGroup";
import { conditionOf, type Group, newGroup, newRule, treeOf } from "./rules";
import { useAnswer } from "./useAnswer";

interface SegmentDialogProps {
  id: string | null;
  draft: SegmentDraft | null;
  /** The panel to filter by it, too: then it needs no name of its own. */
  panel: Pick<PanelState, "id" | "title"> | null;
  onClose: () => void;
}

export function SegmentDialog({ id, draft, panel: filtered, onClose }: SegmentDialogProps) {
  const { state } = useShell();
  const [label, setLabel] = useState(draft?.label ?? "");
  const [description, setDescription] = useState(draft?.description ?? "");
  const [shared, setShared] = useState(draft?.shared ?? false);
  const [tree, setTree] = useState<Group>(() => (draft ? treeOf(draft.where) : newGroup([])));
  const fields = useAnswer({ verb: "fields" }).data?.fields;
  const types = useMemo(() => new Map(fields?.map(({ name, type }) => [name, type])), [fields]);
  // A new segment begins with one rule.
  useEffect(() => {
    if (fields && tree.rules.length === 0) setTree(newGroup([newRule(fields[0])]));
  }, [fields, tree.rules.length]);

  const where: Condition | null = conditionOf(tree, types);
  const workedOn = state.panels.find((each) => each.items.some((item) => item.id === state.table));
  const panel = (filtered ?? workedOn)?.id ?? null;
  const { data, error, isCurrent } = useAnswer(where && { verb: "preview_segment", where, panel });
  return (
    <Frame
      title={filtered ? `Filter ${filtered.title}` : id === null ? "New segment" : "Change the segment"}
      label={label}
      instead={filtered && isCurrent && data ? data.words : ""}
      onLabel={setLabel}
      description={description}
      onDescription={setDescription}
      shared={shared}
      onShared={draft?.shared ? null : setShared}
      intent={
        where && {
          verb: "save_segment",
          id,
          label: label.trim() || (filtered && data?.words.slice(0, 120)) || "",
          description,
          where,
          shared,
          panel: filtered?.id ?? null,
        }
      }
      onClose={onClose}
    >
      {fields && <RuleGroup group={tree} fields={fields} depth={0} onChange={setTree} />}
      <section className="dr-preview" aria-label="Preview" aria-busy={where !== null && !isCurrent}>
        {where === null ? (
          <p>Complete every rule to see how many records match.</p>
        ) : error !== null && isCurrent ? (
          <p className="dr-wrong">{error}</p>
        ) : data ? (
          <>
            <p role="status">
              <b className="dr-preview-figure">{data.counts[0]?.[1]}</b> of {data.of} records in the panel
              {data.counts.slice(1).map(([name, figure]) => (
                <span key={name}>
                  {" · "}
                  <b>{figure}</b> {name}
                </span>
              ))}
            </p>
            <p dir="auto">{data.words}</p>
          </>
        ) : (
          <p>Counting…</p>
        )}
      </section>
    </Frame>
  );
}
