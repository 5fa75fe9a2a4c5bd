import { type Actor, actorId } from "../access/actor.ts";
import type { AnyMessage } from "../messages/message.ts";
import type { Words } from "../messages/say.ts";
import type { Tx } from "../platform/database.ts";
import { insertTemplate } from "./store/templates.ts";
import { checkWords } from "./template.ts";

/** A new version of a program's own words of a message; no words at all go back to ours. */
export async function setTemplate(
  tx: Tx,
  message: AnyMessage,
  template: { language: string; words: Words },
  actor: Actor,
): Promise<void> {
  checkWords(message, template.words);
  await insertTemplate(tx, { ...template, message: message.name, createdBy: actorId(actor) });
}
