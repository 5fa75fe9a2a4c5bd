import { type AnyMessage, factsOf } from "../messages/message.ts";
import { placeholdersOf, type Words } from "../messages/say.ts";
import { type FieldProblem, Refusal } from "../primitives/refusal.ts";

export type Template = { message: string; language: string; version: number; words: Words; createdAt: Date };

/** Refuses words a message does not have, sentences that cannot be read, and facts it does not know. */
export function checkWords(message: AnyMessage, words: Words): void {
  const known = new Set(factsOf(message).map(({ name }) => name));
  const errors: FieldProblem[] = [];
  for (const [key, text] of Object.entries(words)) {
    const pointer = `/words/${key}`;
    const names = Object.hasOwn(message.words.en, key) ? readNames(text) : null;
    if (!Object.hasOwn(message.words.en, key))
      errors.push({ pointer, code: "unknown_sentence", message: "This message has no such sentence." });
    else if (names === null)
      errors.push({
        pointer,
        code: "unreadable",
        message: "A brace is missing, or one too many: {name} has two.",
      });
    else
      for (const name of names.filter((one) => !known.has(one)))
        errors.push({
          pointer,
          code: "unknown_fact",
          message: `{${name}} is nothing this message knows. It knows ${[...known].map((one) => `{${one}}`).join(", ")}.`,
        });
  }
  if (errors.length > 0) throw new Refusal("invalid_request", { errors });
}

function readNames(text: string): string[] | null {
  try {
    return placeholdersOf(text);
  } catch {
    return null;
  }
}
