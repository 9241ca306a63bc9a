/** A group of rules: all or any of them, negated or not; groups nest. */
import { Button } from "react-aria-components";
import type { FieldInfo } from "../sync/types";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Choice } from "./Choice";
import { RuleRow } from "./RuleRow";
import { type Group, newGroup, newRule, type Node } from "./rules";

const DEEPEST = 4;
const JOINS = { all: "all", any: "any", "not all": "not all", none: "none" };

interface RuleGroupProps {
  group: Group;
  fields: readonly FieldInfo[];
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}

export function RuleGroup({ group, fields, depth, onChange, onRemove }: RuleGroupProps) {
  const { any, not, rules } = group;
  const put = (index: number, node: Node | null): void =>
    onChange({
      ...group,
      rules: rules.flatMap((each, at) => (at === index ? (node ? [node] : []) : [each])),
    });
  const add = (node: Node): void => onChange({ ...group, rules: [...rules, node] });
  const join = not ? (any ? "none" : "not all") : any ? "any" : "all";
  const name = depth === 0 ? "Rules" : "Group of rules";
  return (
    <fieldset className="dr-rules" aria-label={name}>
      <div className="dr-rules-h">
        <Choice
          label="Records that match"
          value={join}
          options={JOINS}
          onChange={(next) =>
            onChange({ ...group, any: next === "any" || next === "none", not: next.startsWith("no") })
          }
        />
        <span>of these rules</span>
        {onRemove && <IconButton icon="close" label="Remove the group" onPress={onRemove} />}
      </div>
      {rules.map((node, index) => {
        const isOnly = rules.length === 1;
        const remove = isOnly ? undefined : () => put(index, null);
        if (node.kind === "group")
          return (
            <RuleGroup
              key={node.key}
              group={node}
              fields={fields}
              depth={depth + 1}
              onChange={(next) => put(index, next)}
              onRemove={() => put(index, null)}
            />
          );
        return (
          <RuleRow
            key={node.key}
            node={node}
            number={index + 1}
            fields={fields}
            onChange={(next) => put(index, next)}
            onRemove={remove}
          />
        );
      })}
      <div className="dr-rules-add">
        <Button className="dr-btn dr-quiet" onPress={() => add(newRule(fields[0]))}>
          <Icon name="plus" />
          Add a rule
        </Button>
        {depth < DEEPEST && (
          <Button className="dr-btn dr-quiet" onPress={() => add(newGroup([newRule(fields[0])], !any))}>
            <Icon name="plus" />
            Add a group
          </Button>
        )}
      </div>
    </fieldset>
  );
}
