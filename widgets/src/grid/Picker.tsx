/** A list of components to type into: the keyboard's and the menu's way to a drop. */
import {
  Autocomplete,
  Input,
  Menu,
  MenuItem,
  Popover,
  SearchField,
  useFilter,
  Dialog,
} from "react-aria-components";
import { useDrop } from "../drop/context";
import type { Kind, Ref, Target } from "../sync/types";

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
  const { contains } = useFilter({ sensitivity: "base" });
  const items = catalog.filter(
    ({ kind, id }) => kinds.includes(kind) && !without.some((ref) => ref?.kind === kind && ref.id === id),
  );
  const pick = (key: string | number): void => {
    const chosen = items.find(({ kind, id }) => `${kind}:${id}` === key);
    onClose();
    if (chosen) void send({ verb: "drop", components: [{ kind: chosen.kind, id: chosen.id }], target });
  };
  return (
    <Popover
      triggerRef={{ current: anchor }}
      isOpen
      onOpenChange={(open) => !open && onClose()}
      placement="bottom start"
      className="dr-pop dr-picker"
      aria-label={label}
    >
      <Dialog aria-label={label}>
        <Autocomplete filter={contains}>
          <SearchField aria-label={label} autoFocus className="dr-field">
            <i className="dr-i dr-i-search" aria-hidden="true" />
            <Input placeholder="Search components" />
          </SearchField>
          <Menu
            aria-label={label}
            className="dr-menu"
            items={items}
            onAction={pick}
            renderEmptyState={() => <p className="dr-menu-empty">Nothing has that name.</p>}
          >
            {(item) => (
              <MenuItem id={`${item.kind}:${item.id}`} textValue={item.label} className="dr-menu-item">
                <span className={`dr-k dr-kind-${item.kind}`} aria-hidden="true">
                  <i className={`dr-i dr-i-${GLYPH[item.kind]}`} />
                </span>
                <span className="dr-ell" dir="auto">
                  {item.label}
                </span>
              </MenuItem>
            )}
          </Menu>
        </Autocomplete>
      </Dialog>
    </Popover>
  );
}

const GLYPH: Record<Kind, string> = {
  dimension: "dim",
  metric: "metric",
  segment: "segment",
  time: "time",
  period: "calendar",
};
