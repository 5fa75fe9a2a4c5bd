/** The value a JSON pointer leads to; undefined where nothing is. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document;
  for (const key of keysOf(pointer)) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

/** The same document with another value at one place; `undefined` takes the place away. */
export function withValue(document: unknown, pointer: string, value: unknown): unknown {
  return replaced(document, keysOf(pointer), value);
}

/** A list in which one entry changed its place. */
export function withMoved(list: readonly unknown[], from: number, to: number): unknown[] {
  const moved = [...list];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return moved;
}

export function below(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function keysOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function replaced(value: unknown, [key, ...rest]: string[], next: unknown): unknown {
  if (key === undefined) return next;
  if (Array.isArray(value)) {
    const copy = [...value];
    const inner = replaced(copy[Number(key)], rest, next);
    if (inner === undefined) copy.splice(Number(key), 1);
    else copy[Number(key)] = inner;
    return copy;
  }
  const { [key]: old, ...others } = (value ?? {}) as Record<string, unknown>;
  const inner = replaced(old, rest, next);
  if (inner === undefined) return others;
  return old === undefined ? { ...others, [key]: inner } : { ...(value as object), [key]: inner };
}
