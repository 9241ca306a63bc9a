/** What a panel is filtered by. */
import { useShell } from "../sync/context";
import type { PanelChip } from "../sync/items";
import type { Ref } from "../sync/types";
import { IconButton } from "../ui/IconButton";
import { KindGlyph } from "../ui/Icon";
import { Label } from "../ui/Label";

interface ChipsProps {
  chips: readonly PanelChip[];
  onRemove?: (index: number) => void;
  /** Change a segment that was made by hand. */
  onEdit?: (segment: Ref) => void;
}
export function Chips({ chips, onRemove, onEdit }: ChipsProps) {
  const { state } = useShell();
  const isOurs = (id: string): boolean => [...state.own, ...state.shared].includes(`segment:${id}`);
  return chips.map((chip, index) => (
    <span key={`${index}:${chip.label}`} className={`dr-chip dr-kind-${chip.kind}`}>
      <KindGlyph kind={chip.kind} />
      <Label text={chip.label} />
      {onEdit && chip.segment !== null && isOurs(chip.segment) && (
        <IconButton
          icon="edit"
          label={`Change ${chip.label}`}
          onPress={() => onEdit({ kind: "segment", id: chip.segment! })}
        />
      )}
      {onRemove && <IconButton icon="close" label={`Remove ${chip.label}`} onPress={() => onRemove(index)} />}
    </span>
  ));
}
