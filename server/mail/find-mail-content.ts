import { findMessage } from "../messages/catalogue/index.ts";
import { type ProgramLook, renderMail } from "../messages/composition.ts";
import { languageOf } from "../messages/language.ts";
import type { RenderedLetter } from "../messages/letter.ts";
import type { Reader } from "../platform/database.ts";
import type { Mail } from "./mail.ts";
import { readMailSettings } from "./store/settings.ts";
import { listTemplates } from "./store/templates.ts";

/** What a mail says, for whoever passes it on by hand; null when it was forgotten, or is of a message there is no more. */
export async function findMailContent(
  reader: Reader,
  mail: Pick<Mail, "message" | "language" | "facts">,
  findLook: (reader: Reader) => Promise<Omit<ProgramLook, "address">>,
  stopUrl: string | null = null,
): Promise<RenderedLetter | null> {
  const message = findMessage(mail.message);
  if (!message?.mail || mail.facts === null) return null;
  const look = await findLook(reader);
  const address = (await readMailSettings(reader))?.postalAddress ?? null;
  const language = languageOf(mail.language);
  const own = (await listTemplates(reader)).find(
    (one) => one.message === message.name && one.language === language,
  );
  const composition = {
    message,
    language,
    facts: mail.facts,
    program: look.program,
    words: own?.words ?? null,
  };
  return renderMail(composition, { ...look, address }, stopUrl);
}
