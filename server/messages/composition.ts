import { Value } from "typebox/value";
import { frameWord } from "./frame-words.ts";
import type { Language } from "./language.ts";
import { type Letter, type Look, type RenderedLetter, renderLetter } from "./letter.ts";
import { type AnyMessage, factsOf } from "./message.ts";
import { sayIn, type Words } from "./say.ts";

/** A message about somebody's facts, in a language, by an operator's words where there are some. */
export type Composition = {
  message: AnyMessage;
  language: Language;
  facts: Record<string, unknown>;
  program: string;
  /** The operator's own words; what they leave out is ours. */
  words?: Words | null;
};

/** How a program's letters look, and what stands at their end. */
export type ProgramLook = Pick<Look, "program" | "logoUrl" | "color"> & { address: string | null };

/** Facts that are not the message's own are a mistake of whoever posts it. */
export function checkFacts(message: AnyMessage, facts: unknown): void {
  for (const error of Value.Errors(message.facts, facts))
    throw new Error(`The facts of ${message.name} are wrong at "${error.instancePath}": ${error.message}.`);
}

export function composeLetter({ message, language, facts, program, words }: Composition): Letter {
  if (!message.mail) throw new Error(`${message.name} is not sent by mail.`);
  const all = { ...message.words[language], ...words };
  return message.mail(facts as never, sayIn(language, all, factsOf(message), { ...facts, program }));
}

/** The mail as it goes out. */
export function renderMail(
  composition: Composition,
  { address, ...look }: ProgramLook,
  unsubscribeUrl: string | null,
): RenderedLetter {
  const { message, language, program } = composition;
  const why = frameWord(language, `why_${message.kind}`, { program });
  return renderLetter(composeLetter(composition), {
    ...look,
    footer: { address, why, unsubscribeUrl },
    direction: "ltr",
    language,
  });
}
