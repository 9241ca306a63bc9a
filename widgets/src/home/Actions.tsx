/** The bar over the list: what can be done to the reports that are ticked, and taking a deletion back. */
import { Button } from "react-aria-components";
import type { HomeState, ReportEntry } from "../sync/home";
import { Icon } from "../ui/Icon";

export interface Undo {
  said: string;
  tokens: string[];
}

interface ActionsProps {
  home: HomeState;
  selected: ReportEntry[];
  undo: Undo | null;
  onRename: (report: ReportEntry) => void;
  onDuplicate: () => void;
  onDelete: () => void;
  onClear: () => void;
  onUndo: (undo: Undo) => void;
}

export function Actions(props: ActionsProps) {
  const { home, selected, undo } = props;
  if (home.audience === "readers") return <div className="dr-home-acts" />;
  const [only] = selected;
  return (
    <div className="dr-home-acts" role="toolbar" aria-label="Selected reports">
      {only !== undefined && (
        <>
          <b>{selected.length} selected</b>
          {selected.length === 1 && (
            <Action icon="edit" label="Rename…" onPress={() => props.onRename(only)} />
          )}
          <Action icon="copy" label="Duplicate" onPress={props.onDuplicate} />
          <Action icon="trash" label="Delete" isDanger onPress={props.onDelete} />
          <Action label="Clear" onPress={props.onClear} />
        </>
      )}
      {only === undefined && undo && (
        <>
          <span className="dr-ell" dir="auto">
            {undo.said}
          </span>
          <Action icon="undo" label="Undo" onPress={() => props.onUndo(undo)} />
        </>
      )}
      <span className="dr-grow" />
      <span className="dr-muted dr-home-hint">Templates never change; Save As makes your own copy</span>
    </div>
  );
}

function Action({
  icon,
  label,
  isDanger = false,
  onPress,
}: {
  icon?: string;
  label: string;
  isDanger?: boolean;
  onPress: () => void;
}) {
  return (
    <Button className={`dr-btn dr-quiet${isDanger ? " dr-danger" : ""}`} onPress={onPress}>
      {icon && <Icon name={icon} />}
      {label}
    </Button>
  );
}
