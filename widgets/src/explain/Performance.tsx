/** What the last gestures cost: queries, records scanned, what came from the cache, times. */
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Button, Dialog, Heading, Popover, ToggleButton } from "react-aria-components";
import { useDrop } from "../drop/context";
import { useBase } from "../sync/context";
import type { GestureCost } from "../sync/types";
import { Icon } from "../ui/Icon";

export function Performance() {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <ToggleButton
        ref={button}
        className="dr-btn dr-quiet dr-performance-toggle"
        isSelected={isOpen}
        onChange={setOpen}
      >
        <span className="dr-worded" title="Performance">
          <Icon name="clock" />
          <span className="dr-word">Performance</span>
        </span>
      </ToggleButton>
      {isOpen && (
        <Popover
          isNonModal
          isOpen
          // It stays while people work, to show what that costs.
          shouldCloseOnInteractOutside={() => false}
          onOpenChange={setOpen}
          triggerRef={button}
          placement="bottom end"
          className="dr-pop dr-performance"
          aria-label="Performance"
        >
          <Pane onClose={() => setOpen(false)} />
        </Popover>
      )}
    </>
  );
}

function Pane({ onClose }: { onClose: () => void }) {
  const { question, sender } = useBase();
  const { store } = useDrop();
  const revisions = useSyncExternalStore(store.subscribe, () =>
    Object.values(store.payloads())
      .map((payload) => `${payload.id}:${payload.revision}`)
      .join(),
  );
  // A gesture may leave every figure as it was.
  const pending = useSyncExternalStore(sender.subscribe, sender.pending);
  const [gestures, setGestures] = useState<GestureCost[] | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (pending > 0) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      question({ verb: "performance" }).then(
        (found) => isCurrent && setGestures(found.gestures),
        () => isCurrent && setGestures([]),
      );
    }, 40);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [question, revisions, pending, asked]);
  return (
    <Dialog aria-label="Performance" className="dr-dialog dr-explain">
      <header>
        <Heading level={2}>Performance</Heading>
        <Button className="dr-btn dr-quiet" onPress={() => setAsked(asked + 1)}>
          Update
        </Button>
        <Button className="dr-btn dr-quiet" onPress={onClose}>
          Close
        </Button>
      </header>
      {gestures?.length === 0 && <p>Nothing was done yet.</p>}
      {gestures?.map((gesture, index) => (
        <details key={gestures.length - index}>
          <summary>
            <b>{gesture.verb.replaceAll("_", " ")}</b> {gesture.took}
            <small>{gesture.cost}</small>
          </summary>
          <ol>
            {gesture.queries.map((query, at) => (
              <li key={at}>
                <code dir="auto">{query.text}</code>
                <small>
                  {query.took}, {query.scanned.toLocaleString("en-US")} records scanned, {query.cached}{" "}
                  figures from the cache, {query.computed} computed
                </small>
              </li>
            ))}
          </ol>
        </details>
      ))}
    </Dialog>
  );
}
