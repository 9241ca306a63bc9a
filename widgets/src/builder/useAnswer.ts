/** The answer to a question that changes while people type; the last one stays in view meanwhile. */
import { useEffect, useRef, useState } from "react";
import { useBase } from "../sync/context";
import type { Answers, Question } from "../sync/types";

const QUIET = 200;

export function useAnswer<Q extends Question>(
  asked: Q | null,
): { data: Answers[Q["verb"]] | null; error: string | null; isCurrent: boolean } {
  const { question } = useBase();
  const key = JSON.stringify(asked);
  const [found, setFound] = useState<{ key: string; data: Answers[Q["verb"]] | null; error: string | null }>({
    key: "",
    data: null,
    error: null,
  });
  const isFirst = useRef(true);
  useEffect(() => {
    if (key === "null") return;
    let isOver = false;
    const wait = isFirst.current ? 0 : QUIET;
    isFirst.current = false;
    const timer = setTimeout(() => {
      question(JSON.parse(key) as Q).then(
        (data) => isOver || setFound({ key, data, error: null }),
        (error: Error) => isOver || setFound({ key, data: null, error: error.message }),
      );
    }, wait);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [question, key]);
  return { data: found.data, error: found.error, isCurrent: found.key === key };
}
