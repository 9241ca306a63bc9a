/** The title, whether it is saved, and how fresh the data is. */
import { Button } from "react-aria-components";
import { useShell } from "../sync/context";
import { EditableTitle } from "../ui/EditableTitle";
import { Icon } from "../ui/Icon";

export function TitleBar({ onSave }: { onSave: () => void }) {
  const { state, send } = useShell();
  return (
    <header className="dr-title">
      <span className="dr-logo" aria-hidden="true">
        <svg viewBox="0 0 20 20">
          <rect x="1" y="1" width="18" height="18" rx="5" fill="var(--dr-accent-fill)" />
          <path
            d="M5.5 14V9.5M10 14V6M14.5 14v-3"
            stroke="var(--dr-on-accent)"
            strokeWidth="2"
            strokeLinecap="round"
          />
        </svg>
      </span>
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
        {state.unsaved && <span className="dr-unsaved">There are unsaved changes</span>}
      </span>
      {(state.unsaved || state.name === null) && (
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
    </header>
  );
}
