import { setupI18n } from "@lingui/core";
import { type CompiledMessage, compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { amountIn } from "./amount.ts";
import { dayIn, LOCALES } from "./day.ts";
import type { FactEntry } from "./fact.ts";
import type { Language } from "./language.ts";

/** The sentences of a message in one language, in the ICU message syntax: `{name} has {count, plural, …}`. */
export type Words = Readonly<Record<string, string>>;

/** Says one of the sentences, with the facts in it. */
export type Say = (key: string) => string;

/** Bidirectional controls and zero-width characters can make a text read as something else; ZWJ joins letters of Hindi. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
const CONTROLS = /(?![\n])\p{Cc}/gu;
const UNKNOWN = "–";

const compiled = new Map<string, CompiledMessage>();
const COMPILED_MAX = 5_000;

/** Words that cannot be read, or that name a fact there is not, throw here and are refused where they are written. */
function compile(text: string): CompiledMessage {
  let known = compiled.get(text);
  if (known === undefined) {
    known = compileMessageOrThrow(text);
    if (compiled.size >= COMPILED_MAX) compiled.clear();
    compiled.set(text, known);
  }
  return known;
}

/** Sentences of one language about these facts. A key without words is a mistake of ours. */
export function sayIn(
  language: Language,
  words: Words,
  entries: readonly FactEntry[],
  facts: Readonly<Record<string, unknown>>,
): Say {
  const values = Object.fromEntries(
    entries.map((entry) => [entry.name, textOf(facts[entry.name], entry, language)]),
  );
  const i18n = setupI18n({ locale: LOCALES[language], messages: { [LOCALES[language]]: {} } });
  return (key) => {
    const text = words[key];
    if (text === undefined) throw new Error(`The message has no words for "${key}".`);
    i18n.load(LOCALES[language], { [key]: compile(text) });
    return i18n._(key, values);
  };
}

/** The names in braces that a sentence uses, in the order of their first use. */
export function placeholdersOf(text: string): string[] {
  return [...new Set(namesIn(compile(text)))];
}

function namesIn(tokens: CompiledMessage): string[] {
  return tokens.flatMap((token) => {
    if (typeof token === "string") return [];
    const [name, , choices] = token;
    const inner =
      choices !== null && typeof choices === "object"
        ? Object.values(choices as Record<string, unknown>).filter((choice) => Array.isArray(choice))
        : [];
    return [name, ...inner.flatMap((choice) => namesIn(choice as CompiledMessage))];
  });
}

function textOf(value: unknown, { kind }: FactEntry, language: Language): string | number {
  if (value === null || value === undefined) return UNKNOWN;
  switch (kind) {
    case "count":
      return Number(value);
    case "money": {
      const { amount, currency } = value as { amount: number; currency: string };
      return amountIn(language, { minor: BigInt(amount), currency });
    }
    case "day":
      return dayIn(language, String(value));
    case "text":
      return oneLine(String(value));
    case "address":
      return String(value);
  }
}

/** What people wrote, without what cannot be seen; line breaks stay. */
export function cleanText(text: string): string {
  return text.replace(INVISIBLE, "").replace(CONTROLS, " ").trim();
}

export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, " ");
}
