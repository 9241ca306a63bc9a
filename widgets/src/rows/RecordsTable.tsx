/** A page of records. All of it is text from the data: it only ever goes in as text. */
import { useRef } from "react";
import type { Answers, RecordsOrder } from "../sync/types";
import { Icon } from "../ui/Icon";

interface RecordsTableProps {
  name: string;
  found: Answers["records"];
  order: RecordsOrder;
  onSort: (order: { sort: string | null; descending: boolean }) => void;
}

export function RecordsTable({ name, found, order, onSort }: RecordsTableProps) {
  const box = useRef<HTMLDivElement>(null);
  // Ascending, descending, and then as the data has it again.
  const next = (field: string): void => {
    if (order.sort !== field) onSort({ sort: field, descending: false });
    else onSort(order.descending ? { sort: null, descending: false } : { sort: field, descending: true });
  };
  return (
    <div className="dr-records-box" ref={box} tabIndex={0} role="region" aria-label={`Rows behind ${name}`}>
      <table>
        <thead>
          <tr>
            {found.fields.map((field) => {
              const isSorted = order.sort === field;
              const sort = isSorted ? (order.descending ? "descending" : "ascending") : "none";
              return (
                <th key={field} scope="col" aria-sort={sort}>
                  <button type="button" onClick={() => next(field)}>
                    <span dir="auto">{field}</span>
                    {isSorted && (
                      <span className={order.descending ? "" : "dr-up"}>
                        <Icon name="sort" small />
                      </span>
                    )}
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {found.rows.map((row, index) => (
            <tr key={index}>
              {row.map((text, at) => (
                <td key={at} dir="auto" title={text.length > 40 ? text : undefined}>
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
