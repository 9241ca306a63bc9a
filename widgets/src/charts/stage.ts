/** Where a chart is drawn: one drawing at a time, and always the last that was asked for.
 *
 * Drawing takes a moment, and meanwhile more may be asked: what was never drawn is passed over.
 */
import type { Plots } from "./bundle";
import type { Drawn, Plot, Size } from "./plot";
import { turns } from "../ui/turns";

export interface Scene extends Size {
  spec: object;
  figures: readonly Drawn[];
}

export class Stage {
  private plot: Plot | null = null;
  private wanted: Scene | null = null;
  private drawn: Scene | null = null;
  private isBusy = false;
  private isClosed = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly load: () => Promise<Plots>,
    private readonly told: { drawn: (plot: Plot) => void; failed: (error: Error) => void },
  ) {}

  show(scene: Scene): void {
    this.wanted = scene;
    if (!this.isBusy) void this.run();
  }

  close(): void {
    this.isClosed = true;
    this.plot?.close();
    this.plot = null;
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    try {
      const plots = await this.load();
      while (!this.isClosed && this.wanted !== this.drawn)
        await turns.take(this.host, () => this.draw(plots, this.wanted!));
    } catch (error) {
      this.drawn = this.wanted;
      this.plot?.close();
      this.plot = null;
      if (!this.isClosed) this.told.failed(error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.isBusy = false;
    }
    if (!this.isClosed && this.plot) this.told.drawn(this.plot);
  }

  private async draw(plots: Plots, scene: Scene): Promise<void> {
    if (this.isClosed) return;
    const { plot, drawn } = this;
    const { spec, figures, width, height } = scene;
    if (plot === null || drawn?.spec !== spec) {
      plot?.close();
      this.plot = null;
      const font = getComputedStyle(this.host).fontFamily;
      const fresh = await plots.draw(this.host, { spec, figures, size: { width, height }, font });
      if (this.isClosed) fresh.close();
      else this.plot = fresh;
    } else {
      if (drawn.width !== width || drawn.height !== height) await plot.resize({ width, height });
      if (drawn.figures !== figures) await plot.show(figures);
    }
    this.drawn = scene;
  }
}
