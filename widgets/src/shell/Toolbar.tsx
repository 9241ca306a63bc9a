/** Project, Edit and Insert, and the buttons that are used most. */
import { Button, MenuTrigger, Popover, Toolbar as AriaToolbar } from "react-aria-components";
import { CodeToggle } from "../code";
import { Performance } from "../explain/Performance";
import { useBase, useShell } from "../sync/context";
import { useWaiting } from "../sync/hooks";
import { CommandMenu } from "../ui/CommandMenu";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { type MenuBar, stepLabel } from "./commands";

export function Toolbar({ menus, onPalette }: { menus: MenuBar[]; onPalette: () => void }) {
  const { state, send } = useShell();
  return (
    <AriaToolbar className="dr-toolbar dr-fades" aria-label="Report">
      {menus.map((menu) => (
        <ToolbarMenu key={menu.title} menu={menu} />
      ))}
      <span className="dr-sep" />
      <IconButton
        icon="undo"
        label={stepLabel("Undo", state.undoLabel)}
        isDisabled={!state.canUndo}
        onPress={() => void send({ verb: "undo" })}
      />
      <IconButton
        icon="redo"
        label={stepLabel("Redo", state.redoLabel)}
        isDisabled={!state.canRedo}
        onPress={() => void send({ verb: "redo" })}
      />
      <IconButton icon="refresh" label="Refresh" onPress={() => void send({ verb: "refresh" })} />
      <IconButton icon="command" label="Commands (Ctrl K)" onPress={onPalette} />
      <Busy />
      <Performance />
      <CodeToggle />
    </AriaToolbar>
  );
}

/** Says why an answer takes so long. */
function Busy() {
  const waiting = useWaiting(useBase().sender);
  return (
    <span className="dr-busy" role="status">
      {waiting === "busy" && "Counting…"}
      {waiting === "silent" && "No answer for 20 seconds: Python is busy, or its kernel has stopped."}
    </span>
  );
}

function ToolbarMenu({ menu }: { menu: MenuBar }) {
  return (
    <MenuTrigger>
      <Button className="dr-btn dr-quiet">
        {menu.title}
        <Icon name="down" small />
      </Button>
      <Popover className="dr-pop" placement="bottom start" offset={4} aria-label={menu.title}>
        <CommandMenu label={menu.title} sections={menu.sections} />
      </Popover>
    </MenuTrigger>
  );
}
