import { findMessage } from "../messages/catalogue/index.ts";
import { monthIn } from "../messages/day.ts";
import type { Language } from "../messages/language.ts";
import { type AnyMessage, factsOf, type Notice } from "../messages/message.ts";
import { sayIn } from "../messages/say.ts";
import { wallTime } from "../primitives/period.ts";
import type { Notification } from "./notification.ts";
import { pageOf } from "./page.ts";

/** Who reads it, and what has to be looked up to tell it. */
export type Telling = {
  program: string;
  language: Language;
  timeZone: string;
  publicUrl: string;
  /** Of those whom the reader may know by name. */
  names: ReadonlyMap<string, string>;
  /** In the operator's words, while the reader is suspended. */
  suspensionReason: string | null;
};

/** The people a notice names. */
export function peopleOf({ facts, topic }: Pick<Notification, "facts" | "topic">): string[] {
  const id = topic === "network_earnings" ? facts["leg_id"] : facts["friend_id"];
  return typeof id === "string" ? [id] : [];
}

/** A notice in the reader's language; null when its message has left the shelf. */
export function toldNotice(row: Notification, telling: Telling): Notice | null {
  const message = findMessage(row.message);
  if (!message?.inApp) return null;
  const facts = tellingFacts(row, message, telling);
  const { language, program } = telling;
  const say = sayIn(language, message.words[language], factsOf(message), { ...facts, program });
  return message.inApp(facts as never, say);
}

/** The facts of a row as its message wants them: names for ids, days of the reader's calendar for instants. */
export function tellingFacts(
  row: Notification,
  message: Pick<AnyMessage, "facts">,
  telling: Telling,
): Record<string, unknown> {
  const wanted = factsOf(message).map(({ name }) => name);
  const facts = wanted.flatMap((name) => {
    if (name === "program") return [];
    return [[name, factOf(name, row, telling)] as const];
  });
  return Object.fromEntries(facts);
}

const UNKNOWN_FRIEND: Readonly<Record<Language, string>> = { en: "a friend", hi: "एक मित्र" };
const NO_REASON: Readonly<Record<Language, string>> = {
  en: "The program is looking into something.",
  hi: "कार्यक्रम किसी बात की जाँच कर रहा है।",
};

function factOf(name: string, row: Notification, telling: Telling): unknown {
  const { facts, happened, amountMinor, currency, topic } = row;
  const { language, names } = telling;
  switch (name) {
    case "friend":
      return names.get(peopleOf(row)[0] ?? "") || UNKNOWN_FRIEND[language];
    case "count":
      return happened;
    case "amount":
      return { amount: Number(amountMinor ?? 0), currency: currency ?? "" };
    case "state":
      return facts["state"] ?? "pending";
    case "url":
      return pageOf(telling.publicUrl, topic, facts, happened);
    case "reason":
      return facts["reason"] ?? telling.suspensionReason ?? NO_REASON[language];
    case "month":
      return monthIn(language, String(facts["month"]));
    case "expires_on":
      return localDay(facts["expires_at"], telling);
    case "ends_on":
      return localDay(facts["ends_at"], telling);
    case "from_on":
      return localDay(facts["from_at"], telling);
    default:
      return facts[name] ?? "";
  }
}

/** "2026-03-01": the day on the reader's calendar. */
export function localDay(instant: unknown, { timeZone }: Pick<Telling, "timeZone">): string {
  const at = instant instanceof Date ? instant : new Date(String(instant));
  return Number.isNaN(at.getTime()) ? "" : wallTime(at, timeZone).slice(0, 10);
}
