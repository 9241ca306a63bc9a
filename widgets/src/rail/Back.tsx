/** The head of a second level: what it is of, how much is in it, and the way back. */
import { Button } from "react-aria-components";
import { useCount } from "../sync/numbers";
import { Icon } from "../ui/Icon";
import { clip } from "../ui/Label";

export function Back({ title, count, onBack }: { title: string; count: number | null; onBack: () => void }) {
  const counted = useCount();
  return (
    <div className="dr-grp-h dr-grp-back">
      <Button className="dr-ib" aria-label="Back to all components" onPress={onBack} autoFocus>
        <Icon name="left" />
      </Button>
      <h3 className="dr-ell" dir="auto" title={clip(title)}>
        {title}
      </h3>
      {count !== null && <span className="dr-badge">{counted(count)}</span>}
    </div>
  );
}
