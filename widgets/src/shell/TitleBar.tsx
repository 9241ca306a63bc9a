/** The title, whether it is saved, and how fresh the data is. */
import { Button } from "react-aria-components";
import { useShell } from "../sync/context";
import { EditableTitle } from "../ui/EditableTitle";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Mark } from "../ui/Mark";

interface TitleBarProps {
  onSave: () => void;
  /** Close the report; null: there is nothing to go back to. */
  onLeave: (() => void) | null;
}

export function TitleBar({ onSave, onLeave }: TitleBarProps) {
  const { state, send } = useShell();
  return (
    <div className="dr-title">
      <Mark />
      <EditableTitle
        as="h1"
        title={state.title}
        what="report"
        onRename={(title) => void send({ verb: "rename_project", title })}
      />
      {state.template !== null && (
        <span className="dr-template" title="Templates can't be changed: saving makes a report of your own.">
          Template
        </span>
      )}
      <span role="status" className="dr-ell">
        {state.unsaved && (
          <span className="dr-unsaved">
            {state.reading ? "A copy to explore: nothing is saved" : "There are unsaved changes"}
          </span>
        )}
      </span>
      {state.reading && (
        <a className="dr-act" href={state.reading.address}>
          Back to the report
        </a>
      )}
      {state.reading === null && (state.unsaved || state.name === null) && (
        <Button className="dr-btn dr-quiet dr-act" onPress={onSave}>
          {state.name === null ? "Save As…" : "Save"}
        </Button>
      )}
      <span className="dr-grow" />
      {state.fresh && (
        <span className="dr-fresh" title="The newest event in the data">
          <Icon name="clock" />
          {state.fresh}
        </span>
      )}
      {onLeave && <IconButton icon="close" label="Close, and go back to the reports" onPress={onLeave} />}
    </div>
  );
}
