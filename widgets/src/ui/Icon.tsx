import type { Kind } from "../sync/types";

export function Icon({ name, small = false }: { name: string; small?: boolean }) {
  return <i className={`dr-i dr-i-${name}${small ? " dr-i-12" : ""}`} aria-hidden="true" />;
}

const GLYPH: Record<Kind, string> = {
  dimension: "dim",
  metric: "metric",
  segment: "segment",
  time: "time",
  period: "calendar",
};

/** The kind of a component: shape and tint together, never the colour alone. */
export function KindGlyph({ kind }: { kind: Kind }) {
  return (
    <span className={`dr-k dr-kind-${kind}`} aria-hidden="true">
      <Icon name={GLYPH[kind]} />
    </span>
  );
}
