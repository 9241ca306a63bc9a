/** The figures behind a chart, as a table: what a reader who can't see the drawing reads. */
import { Dialog, Heading } from "react-aria-components";
import { IconButton } from "../ui/IconButton";
import { Sheet } from "../ui/Sheet";
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
  const { heads, rows } = payload.table;
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
          <table>
            <thead>
              <tr>
                {heads.map((head, index) => (
                  <th key={index} scope="col" dir="auto">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={index}>
                  {row.map((text, at) =>
                    at === 0 ? (
                      <th key={at} scope="row" dir="auto">
                        {text}
                      </th>
                    ) : (
                      <td key={at} className="dr-num">
                        {text}
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Dialog>
    </Sheet>
  );
}
