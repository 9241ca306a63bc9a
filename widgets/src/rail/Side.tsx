/** The rail, and the list of components that it opens. */
import { memo, useEffect, useState } from "react";
import { Icon } from "../ui/Icon";
import { Button, Tooltip, TooltipTrigger } from "react-aria-components";
import { Pane } from "./Pane";
import { Resizer } from "./Resizer";

/** Under this width the list lies over the canvas, and is closed until it is asked for. */
const NARROW = 900;
const WIDE_PANE = 248;

/** Drawn again only when it is opened, closed or sized: gestures in tables leave it as it is. */
export const Side = memo(function Side({ root }: { root: HTMLElement }) {
  const isNarrow = useNarrow(root);
  const [choice, setChoice] = useState<{ narrow: boolean; open: boolean } | null>(null);
  const [width, setWidth] = useState(WIDE_PANE);
  const isOpen = choice?.narrow === isNarrow ? choice.open : !isNarrow;
  const open = (next: boolean): void => setChoice({ narrow: isNarrow, open: next });
  return (
    <div className="dr-side" style={{ "--dr-pane": `${width}px` } as React.CSSProperties}>
      <nav className="dr-rail" aria-label="Lists">
        <TooltipTrigger delay={600}>
          <Button aria-label="Components" aria-expanded={isOpen} onPress={() => open(!isOpen)}>
            <Icon name="components" />
          </Button>
          <Tooltip className="dr-tip" placement="right" offset={6}>
            Components
          </Tooltip>
        </TooltipTrigger>
      </nav>
      {isOpen && (
        <section className={`dr-pane${isNarrow ? " dr-pane-over" : ""}`} aria-label="Components">
          <Pane onClose={() => open(false)} />
          {!isNarrow && <Resizer width={width} onResize={setWidth} initial={WIDE_PANE} />}
        </section>
      )}
    </div>
  );
});

function useNarrow(root: HTMLElement): boolean {
  const [isNarrow, setNarrow] = useState(() => root.clientWidth > 0 && root.clientWidth < NARROW);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => {
      const { width } = entry!.contentRect;
      if (width > 0) setNarrow(width < NARROW);
    });
    watch.observe(root);
    return () => watch.disconnect();
  }, [root]);
  return isNarrow;
}
