/** The answer to a question, as it comes. A later question makes an earlier answer void. */
import { type DependencyList, useEffect, useState } from "react";

export type Answer<T> =
  { status: "waiting" } | { status: "there"; value: T } | { status: "failed"; message: string };

export function useAnswer<T>(ask: () => Promise<T>, changed: DependencyList): Answer<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ status: "waiting" });
  useEffect(() => {
    let isCurrent = true;
    const settle = (next: Answer<T>): void => void (isCurrent && setAnswer(next));
    settle({ status: "waiting" });
    ask().then(
      (value) => settle({ status: "there", value }),
      (error: unknown) =>
        settle({ status: "failed", message: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, changed);
  return answer;
}
