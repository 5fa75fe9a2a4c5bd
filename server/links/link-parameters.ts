/** What is added to the address a link leads to, in this order. */
export type LinkParameters = Record<string, string>;

/** The address with the parameters in its query, encoded; one that is there already is replaced. */
export function withParameters(address: string, parameters: LinkParameters): string {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return address;
  const [before = "", fragment] = address.split("#", 2);
  const at = before.indexOf("?");
  const path = at === -1 ? before : before.slice(0, at);
  const kept =
    at === -1
      ? []
      : before
          .slice(at + 1)
          .split("&")
          .filter((part) => part !== "" && !isNamed(part, parameters));
  const added = entries.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
  const query = [...kept, ...added].join("&");
  return `${path}?${query}${fragment === undefined ? "" : `#${fragment}`}`;
}

function isNamed(part: string, parameters: LinkParameters): boolean {
  const [name = ""] = part.split("=", 1);
  return Object.hasOwn(parameters, name) || Object.hasOwn(parameters, safelyDecoded(name));
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
