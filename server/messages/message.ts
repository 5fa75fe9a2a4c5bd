import type { Static, TObject } from "typebox";
import { type FactEntry, factEntries } from "./fact.ts";
import type { Language } from "./language.ts";
import type { Letter } from "./letter.ts";
import type { MessageKind } from "./message-kind.ts";
import type { Say, Words } from "./say.ts";
import type { TopicName } from "./topic.ts";

export type Money = { amount: number; currency: string };

/** What a screen shows instead of a letter. */
export type Notice = { title: string; text: string; url: string | null; amount?: Money };

/** Something the product says to a person: its facts, its words in every language, and how they become a letter. */
export type Message<Schema extends TObject = TObject> = {
  name: string;
  kind: MessageKind;
  /** Of a notice to a participant: by what they choose whether and how soon they are told. */
  topic?: TopicName;
  /** For operators who change its words: when it is sent. */
  title: string;
  /** What may stand in its words, with a description each. `program` may stand in every message. */
  facts: Schema;
  sample: Static<Schema>;
  words: Record<Language, Words>;
  mail?(facts: Static<Schema>, say: Say): Letter;
  inApp?(facts: Static<Schema>, say: Say): Notice;
};

/** A message as the shelf holds it: its facts are its own business. */
export type AnyMessage = Omit<Message, "sample" | "mail" | "inApp"> & {
  sample: Record<string, unknown>;
  mail?(facts: never, say: Say): Letter;
  inApp?(facts: never, say: Say): Notice;
};

/** Types a message by its own facts. */
export function defineMessage<const Schema extends TObject>(message: Message<Schema>): Message<Schema> {
  return message;
}

const PROGRAM: FactEntry = {
  name: "program",
  kind: "text",
  description: "The program's name",
  isAlwaysKnown: true,
};

/** What an operator may put into the words of a message. */
export function factsOf(message: Pick<AnyMessage, "facts">): FactEntry[] {
  return [PROGRAM, ...factEntries(message.facts)];
}
