/** A menu of commands. The key of a command is not part of its name; why it can't run is in its tip. */
import { Fragment } from "react";
import { Header, Keyboard, Menu, MenuItem, MenuSection, Separator, Text } from "react-aria-components";
import { clip } from "./Label";

export interface MenuCommand {
  id: string;
  label: string;
  shortcut?: string;
  off?: string | null;
  run: () => void;
}
export interface CommandSection {
  title: string | null;
  commands: MenuCommand[];
}

interface CommandMenuProps {
  label: string;
  sections: CommandSection[];
  /** Called after a command was chosen, where no menu button closes the menu. */
  onDone?: () => void;
}

export function CommandMenu({ label, sections, onDone }: CommandMenuProps) {
  const commands = sections.flatMap((section) => section.commands);
  const off = commands.filter((command) => command.off).map((command) => command.id);
  return (
    <Menu
      aria-label={clip(label, 80)}
      className="dr-menu dr-menu-wide"
      disabledKeys={off}
      autoFocus={onDone ? "first" : undefined}
      onAction={(key) => {
        commands.find((command) => command.id === key)?.run();
        onDone?.();
      }}
    >
      {sections.map((section, index) => (
        <Fragment key={section.title ?? index}>
          {index > 0 && section.title === null && <Separator className="dr-menu-line" />}
          <MenuSection aria-label={clip(section.title ?? label, 80)}>
            {section.title !== null && (
              <Header className="dr-menu-head dr-ell" dir="auto">
                {section.title}
              </Header>
            )}
            {section.commands.map((command) => (
              <MenuItem key={command.id} id={command.id} className="dr-menu-item" textValue={command.label}>
                <Text slot="label" className="dr-ell" dir="auto">
                  <span title={command.off ?? (command.label.length > 40 ? clip(command.label) : undefined)}>
                    {command.label}
                  </span>
                </Text>
                {command.shortcut && <Keyboard>{command.shortcut}</Keyboard>}
              </MenuItem>
            ))}
          </MenuSection>
        </Fragment>
      ))}
    </Menu>
  );
}
