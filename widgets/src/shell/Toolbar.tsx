/** Project, Edit and Insert, and the buttons that are used most. */
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
  Toolbar as AriaToolbar,
} from "react-aria-components";
import { Fragment } from "react";
import { CodeToggle } from "../code";
import { useBase, useShell } from "../sync/context";
import { useWaiting } from "../sync/hooks";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { allCommands, type MenuBar } from "./commands";

export function Toolbar({ menus }: { menus: MenuBar[] }) {
  const { state, send } = useShell();
  return (
    <AriaToolbar className="dr-toolbar dr-fades" aria-label="Report">
      {menus.map((menu) => (
        <ToolbarMenu key={menu.title} menu={menu} />
      ))}
      <span className="dr-sep" />
      <IconButton
        icon="undo"
        label={state.undoLabel ? `Undo: ${state.undoLabel}` : "Undo"}
        isDisabled={!state.canUndo}
        onPress={() => void send({ verb: "undo" })}
      />
      <IconButton
        icon="redo"
        label={state.redoLabel ? `Redo: ${state.redoLabel}` : "Redo"}
        isDisabled={!state.canRedo}
        onPress={() => void send({ verb: "redo" })}
      />
      <IconButton icon="refresh" label="Refresh" onPress={() => void send({ verb: "refresh" })} />
      <Busy />
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
  const commands = allCommands([menu]);
  const off = commands.filter((command) => !command.isEnabled).map((command) => command.id);
  return (
    <MenuTrigger>
      <Button className="dr-btn dr-quiet">
        {menu.title}
        <Icon name="down" small />
      </Button>
      <Popover className="dr-pop" placement="bottom start" offset={4} aria-label={menu.title}>
        <Menu
          className="dr-menu dr-menu-wide"
          disabledKeys={off}
          onAction={(key) => commands.find((command) => command.id === key)?.run()}
        >
          {menu.sections.map((section, index) => (
            <Fragment key={section.title ?? index}>
              {index > 0 && section.title === null && <Separator className="dr-menu-line" />}
              <MenuSection aria-label={section.title ?? menu.title}>
                {section.title !== null && <Header className="dr-menu-head">{section.title}</Header>}
                {section.commands.map((command) => (
                  <MenuItem
                    key={command.id}
                    id={command.id}
                    className="dr-menu-item"
                    textValue={command.label}
                  >
                    {command.label} <kbd>{command.shortcut}</kbd>
                  </MenuItem>
                ))}
              </MenuSection>
            </Fragment>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
