import { findChannelCounts } from "../links/find-channel-counts.ts";
import { findLinks } from "../links/find-links.ts";
import type { Link } from "../links/link.ts";
import { orderOfUse, type ShareChannel } from "../links/share-channel.ts";
import { shareText } from "../messages/catalogue/share-text.ts";
import { composeLetter } from "../messages/composition.ts";
import { LANGUAGES, type Language } from "../messages/language.ts";
import type { Reader } from "../platform/database.ts";
import { findProgram } from "../programs/find-program.ts";
import { giftSentence } from "../welcome/gift-panel.ts";
import { findOffer } from "./find-offer.ts";
import type { PlanCache } from "./find-plans.ts";

/** What somebody shares: their link, the text to begin with in every language, and the channels in the order of their use. */
export type Share = {
  link: Link;
  texts: { language: Language; subject: string; text: string; disclosure: string }[];
  channels: ShareChannel[];
};

/** Null for somebody who has no link any more. */
export async function findShare(
  reader: Reader,
  participantId: string,
  plans: PlanCache,
  urlOf: (code: string) => string,
  now: Date,
): Promise<Share | null> {
  const link = (await findLinks(reader, [participantId])).get(participantId);
  if (!link) return null;
  const program = await findProgram(reader);
  const offer = await findOffer(reader, plans, now);
  const channels = orderOfUse(await findChannelCounts(reader));
  const texts = LANGUAGES.map((language) => {
    const facts = {
      offer: giftSentence(offer?.gifts ?? []),
      disclosure: program.disclosure[language] ?? null,
      link: urlOf(link.code),
    };
    const { subject, paragraphs } = composeLetter({
      message: shareText,
      language,
      facts,
      program: program.name,
    });
    const [text = "", disclosure = ""] = paragraphs;
    return { language, subject, text, disclosure };
  });
  return { link, texts, channels };
}
