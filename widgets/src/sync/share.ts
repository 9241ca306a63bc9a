/** Structural sharing of JSON values: pure. */

/** The new value, made of the old one's parts wherever they are equal: what did not change keeps its identity. */
export function share<T>(old: unknown, fresh: T): T {
  if (old === fresh) return fresh;
  if (Array.isArray(old) && Array.isArray(fresh)) {
    const parts = fresh.map((part, index) => share(old[index], part));
    const isSame = old.length === parts.length && parts.every((part, index) => part === old[index]);
    return (isSame ? old : parts) as T;
  }
  if (isRecord(old) && isRecord(fresh)) {
    const parts = Object.fromEntries(
      Object.entries(fresh).map(([key, part]) => [key, share(old[key], part)]),
    );
    const keys = Object.keys(parts);
    const isSame =
      keys.length === Object.keys(old).length && keys.every((key) => key in old && parts[key] === old[key]);
    return (isSame ? old : parts) as T;
  }
  return fresh;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
