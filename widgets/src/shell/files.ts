/** Files that Python makes: saved by the browser, or printed from a frame that nobody sees. */
import type { Reply } from "../sync/types";

/** The text of what comes with a reply, gzipped. */
export async function textOf(reply: Reply): Promise<string> {
  // The mark at the start of the text is part of the file.
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await bytesOf(reply));
}

async function bytesOf(reply: Reply): Promise<ArrayBuffer> {
  if (!reply.content) throw new Error(reply.error?.message ?? "The answer holds no file.");
  const packed = new Blob([reply.content as DataView<ArrayBuffer>]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

export async function download(reply: Reply): Promise<void> {
  const file = new Blob([await bytesOf(reply)], { type: reply.file!.type });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = reply.file!.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Print a document of its own: JupyterLab's page, or whatever is around us, is not on the paper. */
export async function print(reply: Reply): Promise<void> {
  const frame = document.createElement("iframe");
  frame.className = "dr-print-frame";
  frame.title = "What is printed";
  frame.ariaHidden = "true";
  frame.tabIndex = -1;
  frame.style.cssText = "position:fixed;right:0;bottom:0;width:0;height:0;border:0;visibility:hidden";
  // No scripts: labels in it are data of others.
  frame.setAttribute("sandbox", "allow-same-origin allow-modals");
  frame.srcdoc = await textOf(reply);
  document.querySelector(".dr-print-frame")?.remove();
  await new Promise((loaded) => {
    frame.addEventListener("load", loaded, { once: true });
    document.body.append(frame);
  });
  frame.contentWindow!.focus();
  frame.contentWindow!.print();
}

/** For an answer that may be a refusal, which was shown by then. */
export function ifOk(use: (reply: Reply) => Promise<void>): (reply: Reply) => Promise<void> | undefined {
  return (reply) => (reply.ok ? use(reply) : undefined);
}
