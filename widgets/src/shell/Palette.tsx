/** The list of commands: every one with its key, those that can't run now with the reason. */
import {
  Autocomplete,
  Dialog,
  Input,
  Keyboard,
  Menu,
  MenuItem,
  Modal,
  ModalOverlay,
  SearchField,
  Text,
  useFilter,
} from "react-aria-components";
import { useShell } from "../sync/context";
import { Icon } from "../ui/Icon";
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
  const { say } = useShell();
  const { contains } = useFilter({ sensitivity: "base" });
  const run = (key: React.Key): void => {
    const command = commands.find((each) => each.id === key);
    if (!command) return;
    if (command.off !== null) return say(command.off);
    onClose();
    // After the focus is back where it was: what opens next takes it from there.
    setTimeout(command.run, 0);
  };
  return (
    <ModalOverlay
      className="dr-dim dr-dim-top"
      isDismissable
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className="dr-modal dr-palette">
        <Dialog aria-label="Commands">
          <Autocomplete filter={(text, input) => input.split(/\s+/).every((word) => contains(text, word))}>
            <SearchField aria-label="Search commands" autoFocus className="dr-field">
              <Icon name="search" />
              <Input placeholder="Search commands" />
            </SearchField>
            <Menu
              aria-label="Commands"
              className="dr-menu"
              items={commands}
              onAction={run}
              shouldCloseOnSelect={false}
              renderEmptyState={() => <p className="dr-menu-empty">No command is called that.</p>}
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
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
