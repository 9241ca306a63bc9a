/** A label from data: one line, its own writing direction, the whole of it in the tip. */
export function Label({
  text,
  tip,
  className = "",
}: {
  text: string;
  tip?: string | undefined;
  className?: string;
}) {
  return (
    <span className={`dr-ell ${className}`} dir="auto" title={clip(tip ? `${text}\n${tip}` : text)}>
      {text}
    </span>
  );
}

/** Browsers draw a tip of any length: keep it readable. */
export function clip(text: string, most = 400): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** What a component means, on lines of its own: label, definition, formula. */
export function meaning(label: string, definition: string, formula: string | null): string {
  return [label, definition, formula === null ? "" : `= ${formula}`]
    .filter((line) => line !== "")
    .map((line) => clip(line))
    .join("\n");
}
