/** The figures of a chart as a table: in a dialog, and on paper. */
import type { ChartPayload } from "../sync/charts";

export function FiguresTable({ table: { heads, rows } }: { table: ChartPayload["table"] }) {
  return (
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
        {rows.map(([label, ...figures], index) => (
          <tr key={index}>
            <th scope="row" dir="auto">
              {label}
            </th>
            {figures.map((text, at) => (
              <td key={at} className="dr-num">
                {text}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
