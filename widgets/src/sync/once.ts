/** Modules that come from a kernel as text: each is loaded once per page and version, by whoever needs it first. */

/** What was loaded, by version: two kernels may run two versions of dynreports. */
function known<T>(key: string): Map<string, Promise<T>> {
  const page = globalThis as unknown as Record<symbol, Map<string, Promise<T>> | undefined>;
  return (page[Symbol.for(key)] ??= new Map());
}

/** Return the module of a version, by loading it if nobody did. What failed is tried again by the next. */
export function oncePerPage<T>(key: string, version: string, load: () => Promise<T>): Promise<T> {
  const there = known<T>(key).get(version);
  if (there) return there;
  const found = load();
  known<T>(key).set(version, found);
  found.catch(() => known<T>(key).delete(version));
  return found;
}

/** Return what a text exports when it is run as a module. */
export async function moduleOf<T>(code: string): Promise<T> {
  const address = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ address)) as T;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** The address of a file of a version, where the page server has it and said so: from there browsers keep it. */
export function addressOf(name: string, version: string): string | null {
  const page = globalThis as unknown as Record<symbol, { version: string; files: string } | undefined>;
  const served = page[Symbol.for("dynreports.served")];
  return served?.version === version ? new URL(served.files + name, document.baseURI).href : null;
}
