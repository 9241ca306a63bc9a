/** In which order tables and charts are drawn: those that are seen first, and never so many at once that the page
 * stands still. */

/** So many milliseconds of drawing make no gesture wait. */
const SLICE = 50;

interface Turn {
  host: Element;
  draw: () => Promise<void>;
  done: () => void;
  failed: (error: unknown) => void;
}

/** Takes work in, and does it one after the other: of the page there is one, as there is one thread that draws. */
export class Turns {
  private readonly waiting: Turn[] = [];
  private isBusy = false;

  constructor(
    private readonly pause: () => Promise<void> = breath,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Draw when it is this element's turn. */
  take(host: Element, draw: () => Promise<void>): Promise<void> {
    const taken = new Promise<void>((done, failed) => this.waiting.push({ host, draw, done, failed }));
    if (!this.isBusy) void this.run();
    return taken;
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    // All that is asked for in one go is asked for before the first is drawn.
    await Promise.resolve();
    let start = this.now();
    for (let next = this.next(); next; next = this.next()) {
      await next.draw().then(next.done, next.failed);
      if (this.now() - start < SLICE) continue;
      await this.pause();
      start = this.now();
    }
    this.isBusy = false;
  }

  private next(): Turn | undefined {
    if (this.waiting.length < 2) return this.waiting.shift();
    const seen = this.waiting.findIndex(({ host }) => isSeen(host));
    return this.waiting.splice(Math.max(0, seen), 1)[0];
  }
}

export const turns = new Turns();

function isSeen(host: Element): boolean {
  const { top, bottom } = host.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}

/** Let the browser take what people did meanwhile, and show what is there; timers would be put off in the background. */
function breath(): Promise<void> {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
