/** The figures behind a chart, as a table: what a reader who can't see the drawing reads. */
import { Dialog, Heading } from "react-aria-components";
import { IconButton } from "../ui/IconButton";
import { Sheet } from "../ui/Sheet";
import { FiguresTable } from "./FiguresTable";
import { useChart } from "./useChart";

interface FiguresDialogProps {
  /** Of the chart. */
  id: string;
  title: string;
  onClose: () => void;
}

export function FiguresDialog({ id, title, onClose }: FiguresDialogProps) {
  const payload = useChart(id);
  if (!payload) return null;
  const name = `Figures of ${title}`;
  return (
    <Sheet isDismissable onClose={onClose} className="dr-figures">
      <Dialog className="dr-dialog" aria-label={name}>
        <header>
          <Heading slot="title" level={2} className="dr-ell" dir="auto">
            {name}
          </Heading>
          <IconButton icon="close" label="Close" onPress={onClose} />
        </header>
        <p dir="auto">{payload.summary}</p>
        <div className="dr-records-box" tabIndex={0} role="region" aria-label={name}>
          <FiguresTable table={payload.table} />
        </div>
      </Dialog>
    </Sheet>
  );
}
