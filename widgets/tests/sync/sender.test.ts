import { describe, expect, it, vi } from "vitest";
import { Sender } from "../../src/sync/sender";
import { FakeModel } from "../model";

const reply = (id: number, say: string | null = null) => ({ type: "reply", id, ok: true, error: null, say });

describe("an intent", () => {
  it("is answered by the reply with its id, in any order", async () => {
    const model = new FakeModel();
    const sender = new Sender(model);
    const first = sender.send({ verb: "undo" });
    const second = sender.send({ verb: "redo" });
    expect(model.sent.map((message) => message.intent.verb)).toEqual(["undo", "redo"]);
    expect(sender.pending()).toBe(2);

    const [a, b] = model.sent.map((message) => message.id);
    model.emit("msg:custom", reply(b!, "second"));
    model.emit("msg:custom", reply(a!, "first"));
    expect([(await first).say, (await second).say]).toEqual(["first", "second"]);
    expect(sender.pending()).toBe(0);
  });

  it("is not answered by what another view asked, nor by other messages", () => {
    const model = new FakeModel();
    const sender = new Sender(model);
    void sender.send({ verb: "undo" });
    model.emit("msg:custom", reply(-1));
    model.emit("msg:custom", { type: "something" });
    model.emit("msg:custom", null);
    expect(sender.pending()).toBe(1);
  });

  it("for a file tells how far it is, until it is there", async () => {
    const model = new FakeModel();
    const sender = new Sender(model);
    const far = { type: "making", done: 1, of: 4, doing: "By city" };
    model.emit("msg:custom", far);
    expect(sender.howFar()).toBeNull(); // somebody else's file
    const file = sender.send({ verb: "export", table: null, format: "pdf" });
    const heard = vi.fn();
    sender.subscribe(heard);
    model.emit("msg:custom", far);
    expect([sender.howFar(), sender.isMaking(), heard.mock.calls.length]).toEqual([far, true, 1]);
    model.emit("msg:custom", reply(model.sent[0]!.id));
    await file;
    expect([sender.howFar(), sender.isMaking()]).toEqual([null, false]);
  });

  it("gets ids that differ between the views of a workspace", () => {
    const models = [new FakeModel(), new FakeModel()];
    for (const model of models) void new Sender(model).send({ verb: "undo" });
    expect(models[0]!.sent[0]!.id).not.toBe(models[1]!.sent[0]!.id);
  });

  it("fails in words when Python can't be reached or the view is closed", async () => {
    const model = new FakeModel();
    const sender = new Sender(model);
    const open = sender.send({ verb: "undo" });
    sender.close();
    expect(await open).toMatchObject({ ok: false, error: { code: "error" } });

    vi.spyOn(model, "send").mockImplementation(() => {
      throw new Error("no comm");
    });
    expect((await sender.send({ verb: "undo" })).error).toEqual({
      title: "Python could not be reached.",
      message: "no comm",
      code: "error",
    });
  });
});
