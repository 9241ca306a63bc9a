/** That a file is being made: after a second, with a way out. People go on meanwhile. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button, ProgressBar } from "react-aria-components";
import { useBase } from "../sync/context";

/** Milliseconds after which people are told: what comes sooner needs no words. */
const SECOND = 1000;

export function Making() {
  const { sender } = useBase();
  const isMaking = useSyncExternalStore(sender.subscribe, sender.isMaking);
  return isMaking ? <Bar /> : null;
}

function Bar() {
  const { send, sender } = useBase();
  const far = useSyncExternalStore(sender.subscribe, sender.howFar);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), SECOND);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <div className="dr-toast dr-making">
      <ProgressBar
        className="dr-progress"
        aria-label="Making the file"
        value={far?.done ?? 0}
        maxValue={far?.of ?? 1}
        isIndeterminate={far === null}
      >
        <i style={{ width: `${far ? (100 * far.done) / far.of : 0}%` }} />
      </ProgressBar>
      <span role="status">Making the file…</span>
      {far && (
        <span className="dr-making-now dr-ell" dir="auto">
          {far.doing}
        </span>
      )}
      <Button className="dr-btn dr-quiet" onPress={() => void send({ verb: "stop_export" })}>
        Cancel
      </Button>
    </div>
  );
}
