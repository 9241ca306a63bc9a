/** One figure explained: what it means, what it is of, exactly what is asked, what it cost. */
import { Button, Dialog, Heading } from "react-aria-components";
import { Pop } from "../grid/menu/Pop";
import type { ViewProps } from "../grid/menu/types";
import { useBase } from "../sync/context";
import { addressOf, nameOf } from "./address";
import { useAnswer } from "./useAnswer";

export function Explanation({ spot, onClose }: ViewProps) {
  const { question } = useBase();
  const name = `Explanation of ${nameOf(spot)}`;
  const found = useAnswer(async () => {
    const address = addressOf(spot)!;
    const [explained, why] = await Promise.all([
      question({ verb: "explain", ...address }),
      address.place === "total"
        ? question({ verb: "why", table: address.table, path: address.path, column: address.column })
        : null,
    ]);
    return { lines: explained.lines, sentence: why?.sentence ?? null };
  }, [spot.payload.revision]);
  return (
    <Pop anchor={spot.anchor} label={name} onClose={onClose}>
      <Dialog aria-label={name} className="dr-dialog dr-explain">
        {found.status === "waiting" && (
          <p role="status" className="dr-wait">
            Asking…
          </p>
        )}
        {found.status === "failed" && (
          <p role="alert" className="dr-wrong">
            {found.message}
          </p>
        )}
        {found.status === "there" && <Lines {...found.value} />}
        <div className="dr-dialog-actions">
          <Button className="dr-btn dr-quiet" onPress={onClose} autoFocus>
            Close
          </Button>
        </div>
      </Dialog>
    </Pop>
  );
}

function Lines({ lines, sentence }: { lines: [string, string][]; sentence: string | null }) {
  const [[label, figure] = ["", ""], ...rest] = lines;
  return (
    <>
      <Heading level={2} dir="auto">
        {label}
        <b>{figure}</b>
      </Heading>
      {sentence !== null && <p className="dr-explain-why">{sentence}</p>}
      <dl>
        {rest.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd dir="auto" className={CODE.has(term) ? "dr-code" : undefined}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What is written for machines is set as such. */
const CODE = new Set(["Formula", "Query"]);
