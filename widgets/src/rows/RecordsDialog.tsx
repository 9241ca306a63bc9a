/** The records behind a figure: a page at a time, sorted by any field, and as a file. */
import { useState } from "react";
import { Button, Dialog, Heading, Label } from "react-aria-components";
import { addressOf, nameOf } from "../explain/address";
import { useAnswer } from "../explain/useAnswer";
import type { ViewProps } from "../grid/menu/types";
import { useBase } from "../sync/context";
import { useCount } from "../sync/numbers";
import type { Answers, CellAddress, Part, RecordsOrder } from "../sync/types";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { Select } from "../ui/Select";
import { Sheet } from "../ui/Sheet";
import { download } from "./download";
import { RecordsTable } from "./RecordsTable";

const LIMIT = 50;

export function RecordsDialog({ spot, onClose, place }: ViewProps & { place?: "out_of" }) {
  const name = nameOf(spot);
  const address = addressOf(spot, place)!;
  return (
    <Sheet isDismissable onClose={onClose} className="dr-records">
      <Dialog className="dr-dialog" aria-label={`Rows behind ${name}`}>
        <header>
          <Heading slot="title" level={2} className="dr-ell" dir="auto">
            Rows behind {name}
          </Heading>
          <IconButton icon="close" label="Close" onPress={onClose} />
        </header>
        <Listing address={address} name={name} revision={spot.payload.revision} />
      </Dialog>
    </Sheet>
  );
}

function Listing({ address, name, revision }: { address: CellAddress; name: string; revision: number }) {
  const { question } = useBase();
  const [order, setOrder] = useState<RecordsOrder>({ part: "all", sort: null, descending: false });
  const [page, setPage] = useState(1);
  const found = useAnswer(
    () => question({ verb: "records", ...address, ...order, page, limit: LIMIT }),
    [order, page, revision],
  );
  // The page before stays in view until the next one is there.
  const [last, setLast] = useState<Answers["records"] | null>(null);
  if (found.status === "there" && found.value !== last) setLast(found.value);
  const change = (next: Partial<RecordsOrder>): void => {
    setOrder({ ...order, ...next });
    setPage(1);
  };
  if (found.status === "failed")
    return (
      <p role="alert" className="dr-wrong">
        {found.message}
      </p>
    );
  if (last === null)
    return (
      <p role="status" className="dr-wait">
        Looking for the rows…
      </p>
    );
  return (
    <div className="dr-records-body" aria-busy={found.status === "waiting"}>
      <p role="status" className="dr-records-said">
        {last.said}
      </p>
      {last.parts.length > 1 && <Parts parts={last.parts} part={order.part} onChange={change} />}
      {last.count === 0 ? (
        <p className="dr-nothing">No record of the data is behind this figure.</p>
      ) : (
        <RecordsTable name={name} found={last} order={order} onSort={change} />
      )}
      <Footer {...{ address, order, page, setPage, name }} count={last.count} />
    </div>
  );
}

function Parts({
  parts,
  part,
  onChange,
}: {
  parts: Answers["records"]["parts"];
  part: Part;
  onChange: (next: { part: Part }) => void;
}) {
  return (
    <div className="dr-records-part">
      <Label htmlFor="dr-records-part">Rows of</Label>
      <Select
        id="dr-records-part"
        value={String(parts.findIndex((each) => each.part === part))}
        options={parts.map((each, index) => [String(index), each.label.slice(0, 120)])}
        onChange={(index) => onChange({ part: parts[Number(index)]!.part })}
      />
    </div>
  );
}

interface FooterProps {
  address: CellAddress;
  order: RecordsOrder;
  page: number;
  setPage: (page: number) => void;
  name: string;
  count: number;
}

function Footer({ address, order, page, setPage, name, count }: FooterProps) {
  const { question, say } = useBase();
  const counted = useCount();
  const [saving, setSaving] = useState<string | null>(null);
  const pages = Math.max(1, Math.ceil(count / LIMIT));
  const first = count === 0 ? 0 : (page - 1) * LIMIT + 1;
  const save = async (): Promise<void> => {
    try {
      const rows = await download(question, { ...address, ...order }, name, (share) =>
        setSaving(`${Math.round(share * 100)}%`),
      );
      const left = count > rows ? `The file holds the first ${counted(rows)} rows. ` : "";
      setSaving(left ? `${left}In Python, table.rows(…) gives all of them.` : null);
      say(left || "The file is there.");
    } catch (error) {
      setSaving(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <footer>
      <IconButton
        icon="left"
        label="Previous page of rows"
        isDisabled={page <= 1}
        onPress={() => setPage(page - 1)}
      />
      <span className="dr-records-range">
        {counted(first)}–{counted(Math.min(count, page * LIMIT))} of {counted(count)}
      </span>
      <IconButton
        icon="right"
        label="Next page of rows"
        isDisabled={page >= pages}
        onPress={() => setPage(page + 1)}
      />
      <span className="dr-records-saving" role="status">
        {saving}
      </span>
      <Button className="dr-btn" onPress={() => void save()} isDisabled={count === 0}>
        <Icon name="download" />
        Download CSV
      </Button>
    </footer>
  );
}
