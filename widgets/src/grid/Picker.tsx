/** A list of components to type into: the keyboard's and the menu's way to a drop. */
import { MenuItem, Dialog } from "react-aria-components";
import { useDrop } from "../drop/context";
import type { Kind, Ref, Target } from "../sync/types";
import { KindGlyph } from "../ui/Icon";
import { SearchMenu } from "../ui/SearchMenu";
import { Pop } from "./menu/Pop";

interface PickerProps {
  anchor: HTMLElement;
  label: string;
  kinds: Kind[];
  target: Target;
  /** Components that make no sense here, such as the rows' own dimension. */
  without?: readonly (Ref | null)[];
  onClose: () => void;
}

export function Picker({ anchor, label, kinds, target, without = [], onClose }: PickerProps) {
  const { catalog, send } = useDrop();
  const items = catalog.filter(
    ({ kind, id }) => kinds.includes(kind) && !without.some((ref) => ref?.kind === kind && ref.id === id),
  );
  const pick = (key: string | number): void => {
    const chosen = items.find(({ kind, id }) => `${kind}:${id}` === key);
    onClose();
    if (chosen) void send({ verb: "drop", components: [{ kind: chosen.kind, id: chosen.id }], target });
  };
  return (
    <Pop anchor={anchor} label={label} onClose={onClose} className="dr-picker">
      <Dialog aria-label={label}>
        <SearchMenu
          label={label}
          searchLabel={label}
          placeholder="Search components"
          empty="Nothing has that name."
          items={items}
          onAction={pick}
        >
          {(item) => (
            <MenuItem id={`${item.kind}:${item.id}`} textValue={item.label} className="dr-menu-item">
              <KindGlyph kind={item.kind} />
              <span className="dr-ell" dir="auto">
                {item.label}
              </span>
            </MenuItem>
          )}
        </SearchMenu>
      </Dialog>
    </Pop>
  );
}
