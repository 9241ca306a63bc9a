/** Sends intents and matches the replies.
 *
 * Two views of one workspace hear each other's replies, so ids start at a random number and a reply that
 * nobody waits for is passed over.
 */
import type { HomeIntent } from "./home";
import type { Synced } from "./model";
import type { Intent, Message, Question, Reply } from "./types";

/** Sent by itself: what is known only after the reply. */
interface Said {
  type: "say";
  say: string;
}

/** How far the file is that was asked for: parts that are done, of how many, and what is written now. */
export interface Making {
  type: "making";
  done: number;
  of: number;
  doing: string;
}

export class Sender {
  private next = Math.floor(Math.random() * 2 ** 40);
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private readonly questions = new Set<number>();
  private readonly files = new Set<number>();
  private making: Making | null = null;
  private readonly listeners = new Set<() => void>();

  /** Takes what Python says by itself. */
  onSaid: (words: string) => void = () => undefined;

  constructor(private readonly model: Pick<Synced<unknown>, "on" | "off" | "send">) {
    model.on("msg:custom", this.receive);
  }

  /** Questions are asked beside what people do: nobody is told to wait for them. */
  readonly send = (intent: Intent | Question | HomeIntent, isQuestion = false): Promise<Reply> =>
    this.post((id) => ({ type: "intent", id, intent }), isQuestion);

  /** Ask for the module that draws charts: it comes as the content of the reply, gzipped. */
  readonly charts = (): Promise<Reply> => this.post((id) => ({ type: "charts", id }), true);

  /** Ask how far every model is, and for the last state of those that are behind. */
  readonly catchUp = (behind: string[]): Promise<Reply> =>
    this.post((id) => ({ type: "catch_up", id, behind }), true);

  private post(write: (id: number) => Message, isQuestion: boolean): Promise<Reply> {
    const id = (this.next += 1);
    const message = write(id);
    const reply = new Promise<Reply>((resolve) => this.waiting.set(id, resolve));
    if (isQuestion) this.questions.add(id);
    if (message.type === "intent" && message.intent.verb === "export") this.files.add(id);
    try {
      this.model.send(message);
    } catch (error) {
      this.settle(lost(id, error instanceof Error ? error.message : String(error)));
    }
    this.notify();
    return reply;
  }

  /** How many intents have no answer yet; files are made beside what people do. */
  readonly pending = (): number => this.waiting.size - this.questions.size - this.files.size;

  /** Whether a file is being made. */
  readonly isMaking = (): boolean => this.files.size > 0;

  /** How far it is; null: nobody knows yet. */
  readonly howFar = (): Making | null => this.making;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly close = (): void => {
    this.model.off("msg:custom", this.receive);
    for (const id of [...this.waiting.keys()]) this.settle(lost(id, "This view was closed."));
  };

  private readonly receive = (content: unknown, buffers?: DataView[]): void => {
    if (isSaid(content)) this.onSaid(content.say);
    if (isMaking(content) && this.isMaking()) {
      this.making = content;
      this.notify();
    }
    if (!isReply(content)) return;
    const [packed] = buffers ?? [];
    this.settle(packed ? { ...content, content: packed } : content);
  };

  private settle(reply: Reply): void {
    const resolve = this.waiting.get(reply.id);
    if (!resolve) return;
    this.waiting.delete(reply.id);
    this.questions.delete(reply.id);
    if (this.files.delete(reply.id)) this.making = null;
    this.notify();
    resolve(reply);
  }

  private notify(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function isReply(content: unknown): content is Reply {
  return typeof content === "object" && content !== null && "type" in content && content.type === "reply";
}

function isMaking(content: unknown): content is Making {
  return typeof content === "object" && content !== null && "type" in content && content.type === "making";
}

function isSaid(content: unknown): content is Said {
  return typeof content === "object" && content !== null && "type" in content && content.type === "say";
}

function lost(id: number, message: string): Reply {
  const error = { title: "Python could not be reached.", message, code: "error" } as const;
  return { type: "reply", id, ok: false, say: null, error };
}
