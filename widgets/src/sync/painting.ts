/** Lets figures be painted before what stands around them is drawn again. */

/** So many milliseconds at most until the rest is drawn, in a page that is not painted. */
const LONGEST = 100;

export class Painting {
  /** What waits until the figures are painted; null: none are about to be. */
  private waiting: (() => void)[] | null = null;

  /** Figures were just drawn: what is put off from now on comes after they are painted. */
  begin(): void {
    // A page in the background is not painted.
    if (this.waiting !== null || document.hidden) return;
    const waiting: (() => void)[] = [];
    this.waiting = waiting;
    const end = (): void => this.end(waiting);
    setTimeout(end, LONGEST);
    requestAnimationFrame(() => {
      // What a frame posts is done after it was painted.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        end();
      };
      port2.postMessage(null);
    });
  }

  /** Do something once figures are painted, or now where none are about to be. */
  after(work: () => void): void {
    if (this.waiting === null) work();
    else this.waiting.push(work);
  }

  private end(waiting: (() => void)[]): void {
    if (this.waiting !== waiting) return;
    this.waiting = null;
    for (const work of waiting) work();
  }
}

export const painting = new Painting();
