import { type AnyDoor, door } from "../access/door.ts";
import { mayReadParticipant } from "../access/permission.ts";
import type { Database } from "../platform/database.ts";
import { Refusal } from "../primitives/refusal.ts";
import { LinkParams, QrQuery } from "./contract.ts";
import { findLink } from "./find-link.ts";
import { linkUrl } from "./link.ts";
import { qrSvg } from "./qr.ts";

export const linkRoutes = ({ db, publicUrl }: { db: Database; publicUrl: () => string }): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/links/:link/qr",
    operation: "links.qr",
    limit: "read",
    summary: "The link as a QR code (SVG)",
    tag: "Links",
    produces: "image/svg+xml",
    schema: { params: LinkParams, query: QrQuery },
    handle: async ({ actor, programId, params }) => {
      const link = await db.read(programId, (reader) => findLink(reader, params.link));
      if (!mayReadParticipant(actor, link.participantId)) throw new Refusal("not_found");
      return {
        status: 200,
        body: qrSvg(linkUrl(publicUrl(), link.code)),
        headers: { "content-type": "image/svg+xml; charset=utf-8", "cache-control": "private, max-age=3600" },
      };
    },
  }),
];
