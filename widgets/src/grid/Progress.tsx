/** That a table is being counted: after a second, with a way out. And that somebody took it. */
import { useEffect, useState } from "react";
import { Button, ProgressBar } from "react-aria-components";
import type { TablePayload } from "../sync/types";

/** Milliseconds after which people are told: what is there sooner needs no words. */
const SECOND = 1000;

interface CountingProps {
  progress: TablePayload["progress"];
  onCancel: () => void;
}
export function Counting({ progress, onCancel }: CountingProps) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SECOND);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  const { done, of } = progress ?? { done: 0, of: 1 };
  return (
    <div className="dr-counting">
      <ProgressBar
        className="dr-progress"
        aria-label="Counting"
        value={done}
        maxValue={of}
        isIndeterminate={progress === null}
      >
        <i style={{ width: `${(100 * done) / of}%` }} />
      </ProgressBar>
      <span role="status">{progress ? `Counting… ${done} of ${of} steps are done` : "Counting…"}</span>
      <Button className="dr-btn dr-quiet" onPress={onCancel}>
        Cancel
      </Button>
    </div>
  );
}

interface StoppedNoteProps {
  onCount: () => void;
  onUndo?: (() => void) | undefined;
}
export function StoppedNote({ onCount, onUndo }: StoppedNoteProps) {
  return (
    <div className="dr-note-stopped" role="status">
      <span>Counting was cancelled: figures that are missing here were not counted.</span>
      <Button className="dr-btn" onPress={onCount}>
        Count them
      </Button>
      {onUndo && (
        <Button className="dr-btn dr-quiet" onPress={onUndo}>
          <i className="dr-i dr-i-undo" aria-hidden="true" />
          Undo last change
        </Button>
      )}
    </div>
  );
}
