/** The list of commands: every one with its key, those that can't run now with the reason. */
import { Dialog, Keyboard, MenuItem, Text } from "react-aria-components";
import { useBase } from "../sync/context";
import { SearchMenu } from "../ui/SearchMenu";
import { Sheet } from "../ui/Sheet";
import type { Command } from "./commands";

export function Palette({
  commands,
  isOpen,
  onClose,
}: {
  commands: Command[];
  isOpen: boolean;
  onClose: () => void;
}) {
  const { say } = useBase();
  const run = (key: React.Key): void => {
    const command = commands.find((each) => each.id === key);
    if (!command) return;
    if (command.off !== null) return say(command.off);
    onClose();
    // After the focus is back where it was: what opens next takes it from there.
    setTimeout(command.run, 0);
  };
  return (
    <Sheet isDismissable isOpen={isOpen} onClose={onClose} dim="dr-dim-top" className="dr-palette">
      <Dialog aria-label="Commands">
        <SearchMenu
          label="Commands"
          searchLabel="Search commands"
          placeholder="Search commands"
          empty="No command is called that."
          byWords
          items={commands}
          onAction={run}
          shouldCloseOnSelect={false}
        >
          {(command) => (
            <MenuItem
              id={command.id}
              textValue={command.label}
              className={`dr-menu-item${command.off === null ? "" : " dr-menu-off"}`}
            >
              <Text slot="label" className="dr-ell" dir="auto">
                {command.label}
              </Text>
              {command.off !== null && (
                <Text slot="description" className="dr-ell dr-reason">
                  {command.off}
                </Text>
              )}
              {command.shortcut && <Keyboard>{command.shortcut}</Keyboard>}
            </MenuItem>
          )}
        </SearchMenu>
      </Dialog>
    </Sheet>
  );
}
