import { Refusal } from "../primitives/refusal.ts";

/** One or several known words of a filter, separated by commas; null where it is not asked for. */
export function wordsOf(text: string | undefined, known: readonly string[], name: string): string[] | null {
  if (text === undefined) return null;
  const words = text.split(",");
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return words;
  throw new Refusal("invalid_request", {
    errors: [
      {
        pointer: `/query/${name}`,
        code: "invalid_value",
        message: `"${unknown}" is not one of ${known.join(", ")}.`,
      },
    ],
  });
}
