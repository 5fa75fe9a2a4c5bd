import { parseInstant } from "../primitives/instant.ts";
import { Refusal } from "../primitives/refusal.ts";
import type { Program } from "../programs/program.ts";
import { isGeneratedCode } from "./code.ts";
import type { LinkAnswer, LinkPatch } from "./contract.ts";
import { baseOf, landingOf, urlOf } from "./landing.ts";
import { type Link, linkUrl } from "./link.ts";
import type { LinkCounts } from "./link-count.ts";
import type { LinkWish } from "./link-wish.ts";

export type LinkSetting = { program: Program; publicUrl: string };

/** A link on the wire. */
export function linkWire(
  link: Link,
  isDefault: boolean,
  counts: LinkCounts,
  { program, publicUrl }: LinkSetting,
): LinkAnswer {
  const { clicks, signups, qualified, rewarded, clicksByDay, signupsByDay } = counts;
  const place = { isActive: true, url: urlOf(link, program), parameters: link.parameters };
  const { before, after } = landingOf(baseOf(place, publicUrl), link.code);
  return {
    id: link.id,
    participant_id: link.participantId,
    is_default: isDefault,
    label: link.label,
    channel: link.channel,
    code: link.code,
    slug: isGeneratedCode(link.code) ? null : link.code,
    url: linkUrl(publicUrl, link.code),
    former_urls: link.formerCodes.map((code) => linkUrl(publicUrl, code)),
    destination_url: link.destinationUrl,
    parameters: link.parameters,
    leads_to: before + after,
    expires_at: link.expiresAt?.toISOString() ?? null,
    max_uses: link.maxUses,
    uses: link.uses,
    state: link.state,
    ...{ clicks, signups, qualified, rewarded },
    clicks_by_day: clicksByDay,
    signups_by_day: signupsByDay,
    created_at: link.createdAt.toISOString(),
  };
}

/** What was sent, as a wish. */
export function wishOf(sent: LinkPatch): LinkWish {
  const { label, channel, slug, destination_url, parameters, expires_at, max_uses } = sent;
  return {
    ...(label === undefined ? {} : { label: label?.trim() ?? null }),
    ...(channel === undefined ? {} : { channel: channel?.trim() ?? null }),
    ...(slug === undefined ? {} : { slug: slug?.trim().toLowerCase() ?? null }),
    ...(destination_url === undefined ? {} : { destinationUrl: destination_url?.trim() ?? null }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(expires_at === undefined ? {} : { expiresAt: momentOf(expires_at) }),
    ...(max_uses === undefined ? {} : { maxUses: max_uses }),
  };
}

export function momentOf(text: string | null): Date | null {
  if (text === null) return null;
  const moment = parseInstant(text);
  if (moment) return moment;
  const message = "There is no such time.";
  throw new Refusal("invalid_link", { errors: [{ pointer: "/expires_at", code: "invalid_time", message }] });
}
