/** Hears of what Python syncs to the model of a table or chart. */
import type { GridModel } from "./mount";

/** Hear of every payload, from the present one on, until what is returned is called. */
export function hearPayloads<Payload>(model: GridModel, hear: (payload: Payload) => void): () => void {
  const tell = (): void => hear(model.get("payload") as Payload);
  model.on("change:payload", tell);
  tell();
  return () => model.off("change:payload", tell);
}
