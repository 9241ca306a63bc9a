/** A button that is only an icon: its name is the tip, too. */
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
  return (
    <TooltipTrigger delay={600}>
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
