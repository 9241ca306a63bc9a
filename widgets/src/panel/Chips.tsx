/** What a panel is filtered by. */
import type { Chip } from "../sync/types";
import { IconButton } from "../ui/IconButton";
import { KindGlyph } from "../ui/Icon";
import { Label } from "../ui/Label";

export function Chips({ chips, onRemove }: { chips: readonly Chip[]; onRemove?: (index: number) => void }) {
  return chips.map((chip, index) => (
    <span key={`${index}:${chip.label}`} className={`dr-chip dr-kind-${chip.kind}`}>
      <KindGlyph kind={chip.kind} />
      <Label text={chip.label} />
      {onRemove && <IconButton icon="close" label={`Remove ${chip.label}`} onPress={() => onRemove(index)} />}
    </span>
  ));
}
