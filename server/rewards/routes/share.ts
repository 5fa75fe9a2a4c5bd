import { type AnyDoor, door } from "../../access/door.ts";
import { linkUrl } from "../../links/link.ts";
import { recordChannelCounts } from "../../links/record-channel-counts.ts";
import { sharedUrl } from "../../links/share-channel.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { ParticipantParams } from "../../referrals/contract.ts";
import { cardUrl } from "../../welcome/share-card.ts";
import { NewShare, ShareAnswer } from "../contract/shares.ts";
import { findShare } from "../find-share.ts";
import type { RewardsDeps } from "./deps.ts";

export const shareRoutes = ({ db, plans, publicUrl }: RewardsDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/participants/:participant/share",
    operation: "participants.share",
    limit: "read",
    summary:
      "What somebody shares: the link marked for every channel, texts with the disclosure, the picture",
    tag: "Links",
    schema: { params: ParticipantParams, response: { 200: ShareAnswer } },
    handle: async ({ actor, programId, params }) => {
      const urlOf = (code: string): string => linkUrl(publicUrl(), code);
      const share = await db.read(programId, async (reader) => {
        const { id } = await findParticipant(reader, actor, params.participant);
        return findShare(reader, id, plans, urlOf, new Date());
      });
      if (!share) throw new Refusal("not_found");
      const { link, texts, channels } = share;
      const url = urlOf(link.code);
      return {
        status: 200,
        body: {
          link: { id: link.id, url },
          card_url: cardUrl(publicUrl(), link.code),
          channels: channels.map((channel) => ({ channel, url: sharedUrl(url, channel) })),
          texts,
        },
      };
    },
  }),
  door({
    method: "POST",
    path: "/v1/participants/:participant/shares",
    operation: "shares.create",
    limit: "write",
    summary: "Say that somebody has passed their link on over a channel",
    tag: "Links",
    schema: { params: ParticipantParams, body: NewShare },
    handle: async ({ actor, params, body, write }) =>
      write(async (tx) => {
        await findParticipant(tx, actor, params.participant);
        await recordChannelCounts(tx, [{ channel: body.channel, shares: 1 }]);
        return { status: 204 };
      }),
  }),
];
