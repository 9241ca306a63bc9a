/** In which order tables and charts are drawn: those that are seen first, and never so many at once that the page
 * stands still. What is out of sight is drawn in the order of its distance, whenever there is nothing else to do. */

/** So many milliseconds of drawing make no gesture wait. */
const SLICE = 50;
/** So many milliseconds at most until a drawing that nobody sees is made in a page that is never idle. */
const LONGEST = 1_000;

interface Turn {
  host: Element;
  draw: () => Promise<void>;
  done: () => void;
  failed: (error: unknown) => void;
}

/** How many pixels what waits is out of sight. */
interface Placed {
  turn: Turn;
  away: number;
}

/** Takes work in, and does it one after the other: of the page there is one, as there is one thread that draws. */
export class Turns {
  private readonly waiting: Turn[] = [];
  private isBusy = false;
  private isHurried = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly pause: () => Promise<void> = breath,
    private readonly now: () => number = () => performance.now(),
    private readonly leisure: () => Promise<void> = idle,
  ) {}

  /** Draw when it is this element's turn. */
  take(host: Element, draw: () => Promise<void>): Promise<void> {
    const taken = new Promise<void>((done, failed) => this.waiting.push({ host, draw, done, failed }));
    if (!this.isBusy) void this.run();
    return taken;
  }

  /** Draw all of it now, without pauses: the page is about to be printed. */
  hurry(isHurried: boolean): void {
    this.isHurried = isHurried;
    if (isHurried) this.wake();
  }

  /** A pause, which ends when there is no time for one any more. */
  private async rest(pause: () => Promise<void>): Promise<void> {
    if (this.isHurried) return;
    const woken = new Promise<void>((wake) => (this.wake = wake));
    await Promise.race([pause(), woken]);
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    // All that is asked for in one go is asked for before the first is drawn.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      let order = this.order();
      const isIdle = order[0]!.away > 0;
      if (isIdle) {
        await this.rest(this.leisure);
        order = this.order();
      }
      if (await this.slice(order, isIdle)) await this.rest(this.pause);
    }
    this.isBusy = false;
  }

  /** Draw for a while, out of sight only where nothing else is to be done; true: the while is over.
   *
   * The order was found once: whoever asks where something is after each drawing has the page laid out each time.
   */
  private async slice(order: readonly Placed[], isIdle: boolean): Promise<boolean> {
    const start = this.now();
    for (const { turn, away } of order) {
      if (away > 0 && !isIdle) return false;
      this.waiting.splice(this.waiting.indexOf(turn), 1);
      await turn.draw().then(turn.done, turn.failed);
      if (this.now() - start >= SLICE) return true;
    }
    return false;
  }

  /** What waits: the nearest first. */
  private order(): Placed[] {
    return this.waiting
      .map((turn) => ({ turn, away: distance(turn.host) }))
      .sort((one, other) => one.away - other.away);
  }
}

export const turns = new Turns();

/** How many pixels an element is out of sight; 0: it is seen, or shown nowhere. */
function distance(host: Element): number {
  const { top, bottom } = host.getBoundingClientRect();
  return Math.max(0, -bottom, top - window.innerHeight);
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

/** Wait until the browser has nothing else to do; or until it was busy for long. */
export function idle(): Promise<void> {
  // A page in the background is never idle, and Safari doesn't tell.
  if (document.hidden || !("requestIdleCallback" in window)) return breath();
  return new Promise((done) => requestIdleCallback(() => done(), { timeout: LONGEST }));
}
