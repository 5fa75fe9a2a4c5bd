import { Refusal } from "../primitives/refusal.ts";

const DEPTH_MAX = 32;
/** An escape that may stand for NUL or half a surrogate pair: only then are the values looked at one by one. */
const SUSPECT_ESCAPE = /\\u(0000|d[89a-f])/i;

/** Refuses what JSON allows and no store can keep: NUL, half characters, nesting without end, `__proto__`. */
export function parseJsonBody(text: string): unknown {
  if (depthOf(text) > DEPTH_MAX) throw invalid(`The JSON is nested deeper than ${DEPTH_MAX} levels.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid("The body is not valid JSON.");
  }
  if (text.includes("__proto__") && hasKey(value, "__proto__"))
    throw invalid('The key "__proto__" is not allowed.');
  if (SUSPECT_ESCAPE.test(text) || text.includes("\u0000") || !text.isWellFormed())
    refuseBrokenText(value, "");
  return value;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isInString) {
      if (code === 92) i++;
      else if (code === 34) isInString = false;
    } else if (code === 34) isInString = true;
    else if (code === 123 || code === 91) deepest = Math.max(deepest, ++depth);
    else if (code === 125 || code === 93) depth--;
  }
  return deepest;
}

/** NUL and half a surrogate pair: text that a database cannot hold. */
export function refuseBrokenText(value: unknown, pointer: string): void {
  if (typeof value === "string") {
    if (value.includes("\u0000") || !value.isWellFormed())
      throw new Refusal("invalid_request", {
        errors: [
          { pointer, code: "invalid_text", message: "The text holds a character that cannot be stored." },
        ],
      });
  } else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      refuseBrokenText(key, `${pointer}/${key}`);
      refuseBrokenText(inner, `${pointer}/${key}`);
    }
  }
}

function hasKey(value: unknown, key: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.keys(value).includes(key) || Object.values(value).some((inner) => hasKey(inner, key));
}

function invalid(message: string): Refusal {
  return new Refusal("invalid_json", { errors: [{ pointer: "", code: "invalid_json", message }] });
}
