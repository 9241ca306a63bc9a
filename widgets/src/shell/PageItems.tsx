/** What a panel of a page to read holds, each part where it stands in the report: tables, charts, figures, words. */
import type { CSSProperties } from "react";
import { ReadOnlyChart } from "../charts/ChartItem";
import { GridHost } from "../grid";
import { Paragraphs } from "../panel/TextItem";
import { UNIT } from "../panel/tiles";
import { useBase } from "../sync/context";
import { isShown } from "../sync/items";
import type { ItemState, PanelState } from "../sync/types";
import { isNumber } from "../visualizations";
import { PaperFigures, PaperTable } from "./PaperTable";
import { usePrinting } from "./printing";

export function PageItems({ panel, heading }: { panel: PanelState; heading: "h2" | "h3" }) {
  const items = panel.items.filter(isShown);
  const isPrinting = usePrinting();
  if (items.length === 0) return <p className="dr-nothing">This panel is empty.</p>;
  return (
    <div className="dr-pub-items">
      {items.map((item) => (
        <Item key={item.id} item={item} heading={heading} isPrinting={isPrinting} />
      ))}
    </div>
  );
}

interface ItemProps {
  item: ItemState;
  heading: "h2" | "h3";
  isPrinting: boolean;
}

function Item({ item, heading: Heading, isPrinting }: ItemProps) {
  const { model, grids } = useBase();
  const { id, title, box, natural } = item;
  const place: CSSProperties = {
    gridColumn: `${box.x + 1} / span ${box.w}`,
    gridRow: `${box.y + 1} / span ${box.h}`,
    minHeight: natural ? undefined : box.h * UNIT,
  };
  const isNamed = item.type !== "chart" || !item.hideTitle;
  return (
    <section className="dr-card" data-look={lookOf(item)} aria-label={title} style={place}>
      {isNamed && (
        <Heading className="dr-ell" dir="auto" title={title}>
          {title}
        </Heading>
      )}
      {item.type === "table" && (
        <>
          <GridHost model={model} modelId={grids[id]} table={item} page />
          <PaperTable model={model} modelId={grids[id]} share={box.w / 12} isPrinting={isPrinting} />
        </>
      )}
      {item.type === "chart" && <ReadOnlyChart chart={item} />}
      {item.type === "chart" && isPrinting && !isNumber(item.kind) && <PaperFigures id={item.id} />}
      {item.type === "text" && (
        <div className="dr-text">
          <Paragraphs text={item.text} />
        </div>
      )}
    </section>
  );
}

function lookOf(item: ItemState): string {
  return item.type === "chart" && isNumber(item.kind) ? "number" : item.type;
}
