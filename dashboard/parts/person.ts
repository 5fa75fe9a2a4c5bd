/** Who somebody is to an advocate: only direct friends have names on their screen. */
export function friendWords(
  level: number,
  name: string | null | undefined,
  leg: string | null | undefined,
): string {
  if (level === 1) return name ?? leg ?? "A friend";
  const through = leg ?? "a friend";
  if (level === 2) return `A friend of ${through}`;
  return `Someone in ${leg ? `${leg}’s` : "a friend’s"} leg`;
}

/** The end of an id: enough to recognise it, short enough to read aloud. */
export function shortId(id: string): string {
  return `…${id.slice(-6)}`;
}
