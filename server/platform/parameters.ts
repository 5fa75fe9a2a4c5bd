const WHOLE = /^-?(0|[1-9]\d*)$/;

type Place = { type?: unknown };

/** Parameters of an address come as text: numbers and flags that are plainly written as such become ones. */
export function readParameters(schema: object, sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null || !("properties" in schema)) return sent;
  const places = schema.properties as Record<string, Place>;
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => [name, readParameter(places[name]?.type, value)]),
  );
}

function readParameter(type: unknown, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (type === "integer" && WHOLE.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}
