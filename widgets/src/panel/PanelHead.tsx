/** The head of a panel: its title, a handle to move it, and what can be done with it as a whole. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { Button, MenuTrigger, Popover } from "react-aria-components";
import { useBase } from "../sync/context";
import type { PanelState } from "../sync/types";
import { CommandMenu } from "../ui/CommandMenu";
import { EditableTitle } from "../ui/EditableTitle";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { clip } from "../ui/Label";

export function PanelHead({ panel }: { panel: PanelState }) {
  const { send } = useBase();
  const { id, title, collapsed } = panel;
  const collapse = (): void => void send({ verb: "collapse_panel", panel: id, collapsed: !collapsed });
  return (
    <header className="dr-panel-h dr-fades">
      <IconButton
        icon={collapsed ? "right" : "down"}
        label={`${collapsed ? "Expand" : "Collapse"} ${title}`}
        isExpanded={!collapsed}
        onPress={collapse}
      />
      <EditableTitle
        as="h2"
        title={title}
        what="panel"
        onRename={(next) => void send({ verb: "rename_panel", panel: id, title: next })}
      />
      <span className="dr-grow" />
      <PanelGrip panel={panel} />
      <PanelMenu panel={panel} onCollapse={collapse} />
      <IconButton
        icon="close"
        label={`Remove ${title}`}
        onPress={() => void send({ verb: "remove_panel", panel: id })}
      />
    </header>
  );
}

/** The panels of the report as they stand on the screen. */
function panelsAround(element: Element): HTMLElement[] {
  return [...(element.closest(".dr-canvas")?.querySelectorAll<HTMLElement>("[data-panel]") ?? [])];
}

/** Before which panel another one stands after a step up or down; undefined: there is no such step. */
function beforeStep(ids: string[], id: string, step: -1 | 1): string | null | undefined {
  const at = ids.indexOf(id);
  if (step < 0) return ids[at - 1];
  return at === ids.length - 1 ? undefined : (ids[at + 2] ?? null);
}

function PanelGrip({ panel }: { panel: PanelState }) {
  const { send } = useBase();
  const target = useRef<{ before: string | null } | null>(null);
  const { id, title } = panel;
  const mark = (at: HTMLElement | null, side: "before" | "after", around: HTMLElement[]): void => {
    for (const each of around) delete each.dataset.drop;
    if (at) at.dataset.drop = side;
  };
  const move = (event: PointerEvent<HTMLElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const around = panelsAround(event.currentTarget);
    const next = around.find((each) => {
      const { top, height } = each.getBoundingClientRect();
      return event.clientY < top + Math.min(height / 2, 60);
    });
    target.current = { before: next?.dataset.panel ?? null };
    mark(next ?? around.at(-1) ?? null, next ? "before" : "after", around);
  };
  const end = (keep: boolean) => (event: PointerEvent<HTMLElement>) => {
    const around = panelsAround(event.currentTarget);
    mark(null, "before", around);
    const goal = target.current;
    target.current = null;
    const ids = around.map((each) => each.dataset.panel!);
    const now = ids[ids.indexOf(id) + 1] ?? null;
    if (keep && goal && goal.before !== id && goal.before !== now)
      void send({ verb: "move_panel", panel: id, before: goal.before });
  };
  const step = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    const ids = panelsAround(event.currentTarget).map((each) => each.dataset.panel!);
    const before = beforeStep(ids, id, event.key === "ArrowUp" ? -1 : 1);
    const grip = event.currentTarget;
    if (before !== undefined)
      void send({ verb: "move_panel", panel: id, before }).then(() =>
        requestAnimationFrame(() => grip.focus()),
      );
  };
  return (
    <button
      type="button"
      className="dr-ib dr-panel-grip"
      aria-label={clip(`Move ${title}`)}
      title="Drag, or use the arrow keys up and down"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={move}
      onPointerUp={end(true)}
      onPointerCancel={end(false)}
      onKeyDown={step}
    >
      <Icon name="grip" />
    </button>
  );
}

function PanelMenu({ panel, onCollapse }: { panel: PanelState; onCollapse: () => void }) {
  const button = useRef<HTMLButtonElement>(null);
  const name = clip(`More for ${panel.title}`);
  return (
    <MenuTrigger>
      <Button className="dr-ib" aria-label={name} ref={button}>
        <Icon name="more" />
      </Button>
      <Popover className="dr-pop" placement="bottom end" offset={4} aria-label={name}>
        <PanelCommands
          panel={panel}
          name={name}
          onCollapse={onCollapse}
          around={() => panelsAround(button.current!)}
        />
      </Popover>
    </MenuTrigger>
  );
}

interface PanelCommandsProps {
  panel: PanelState;
  name: string;
  around: () => HTMLElement[];
  onCollapse: () => void;
}

/** Drawn when the menu opens: only then it is looked up what stands above and below. */
function PanelCommands({ panel, name, around, onCollapse }: PanelCommandsProps) {
  const { send } = useBase();
  const { id } = panel;
  const ids = around().map((each) => each.dataset.panel!);
  const move = (step: -1 | 1) => {
    const before = beforeStep(ids, id, step);
    return {
      off: before === undefined ? `It is the ${step < 0 ? "first" : "last"} panel.` : null,
      run: () => before !== undefined && void send({ verb: "move_panel", panel: id, before }),
    };
  };
  const commands = [
    { id: "duplicate", label: "Duplicate", run: () => void send({ verb: "duplicate_panel", panel: id }) },
    { id: "up", label: "Move up", ...move(-1) },
    { id: "down", label: "Move down", ...move(1) },
    { id: "collapse", label: panel.collapsed ? "Expand" : "Collapse", run: onCollapse },
  ];
  return <CommandMenu label={name} sections={[{ title: null, commands }]} />;
}
