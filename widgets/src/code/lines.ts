/** Tokens by line: a text in triple quotes, or a comment with its end, spans several. */
import type { CodeAnswer } from "../sync/types";

export type Token = CodeAnswer["tokens"][number];

export function linesOf(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const [kind, text] of tokens) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)!.push([kind, part]);
    });
  }
  // The end of the last line begins no other.
  if (lines.length > 1 && lines.at(-1)!.length === 0) lines.pop();
  return lines;
}

export function sourceOf(tokens: readonly Token[]): string {
  return tokens.map(([, text]) => text).join("");
}
