/** A button that is only an icon: its name is the tip, too. */
import { useEffect, useState } from "react";
import { Button, Tooltip, TooltipTrigger } from "react-aria-components";
import { Icon } from "./Icon";
import { clip } from "./Label";

interface IconButtonProps {
  icon: string;
  label: string;
  onPress: () => void;
  isDisabled?: boolean;
  isExpanded?: boolean;
  className?: string;
}

export function IconButton({
  icon,
  label,
  onPress,
  isDisabled = false,
  isExpanded,
  className = "dr-ib",
}: IconButtonProps) {
  const [isTold, setTold] = useState(false);
  useEffect(() => {
    if (!isTold) return;
    // A tip stays for a moment after the pointer left; it would take the Escape that is meant for a menu.
    const end = (): void => setTold(false);
    document.addEventListener("pointerdown", end, true);
    return () => document.removeEventListener("pointerdown", end, true);
  }, [isTold]);
  return (
    <TooltipTrigger delay={600} isOpen={isTold} onOpenChange={setTold}>
      <Button
        className={className}
        aria-label={clip(label)}
        aria-expanded={isExpanded}
        onPress={onPress}
        isDisabled={isDisabled}
      >
        <Icon name={icon} />
      </Button>
      <Tooltip className="dr-tip" offset={4}>
        {clip(label)}
      </Tooltip>
    </TooltipTrigger>
  );
}
