/** How many lines of a long list are drawn: more of them whenever the end of those that are comes into view. */
import { useEffect, useRef, useState } from "react";

const STEP = 100;

export function useGrowing(lines: readonly unknown[]) {
  const [count, setCount] = useState(STEP);
  const end = useRef<HTMLTableRowElement>(null);
  useEffect(() => setCount(STEP), [lines]);
  useEffect(() => {
    if (!end.current) return;
    const watch = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && setCount((now) => now + STEP),
      { rootMargin: "600px" },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [count, lines]);
  return { count, end };
}
