/** The funnel beside the search: one kind of component, or all of them. */
import { Button, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from "react-aria-components";
import { useBase } from "../sync/context";
import { Icon } from "../ui/Icon";
import { type GroupInfo, GROUPS } from "./groups";

const ALL = "all";
const FORGET = "forget";

interface KindFilterProps {
  chosen: GroupInfo | null;
  onChoose: (info: GroupInfo | null) => void;
}

export function KindFilter({ chosen, onChoose }: KindFilterProps) {
  const { send } = useBase();
  const choose = (key: React.Key): void => {
    if (key === FORGET) void send({ verb: "forget_usage" });
    else onChoose(GROUPS.find((group) => group.id === key) ?? null);
  };
  const label = chosen ? `Kinds: ${chosen.title}` : "Kinds: all";
  return (
    <MenuTrigger>
      <Button className="dr-ib" aria-label={label} data-on={chosen ? true : undefined}>
        <Icon name="funnel" />
      </Button>
      <Popover className="dr-pop" placement="bottom end" offset={4} aria-label="Kinds of components">
        <Menu className="dr-menu" aria-label="Kinds of components" onAction={choose}>
          <MenuSection
            aria-label="Show"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[chosen?.id ?? ALL]}
          >
            {[{ id: ALL, title: "All kinds" }, ...GROUPS].map((group) => (
              <MenuItem key={group.id} id={group.id} className="dr-menu-item">
                {group.title}
              </MenuItem>
            ))}
          </MenuSection>
          <Separator className="dr-menu-line" />
          <MenuItem id={FORGET} className="dr-menu-item">
            List by name again
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
