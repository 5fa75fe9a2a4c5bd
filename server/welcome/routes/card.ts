import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type AnyDoor, door } from "../../access/door.ts";
import { drawPicture } from "../../platform/picture.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { findLogo } from "../../programs/find-logo.ts";
import { CardParams } from "../contract.ts";
import { findInvitation } from "../find-invitation.ts";
import { shareCardOf, shareCardPicture } from "../share-card.ts";
import type { WelcomeDeps } from "./deps.ts";

/** Some 50 kB each. */
const PICTURES_MAX = 200;

/** The picture a message shows under a shared link; drawn once for what it says. */
export const cardRoutes = (deps: WelcomeDeps): AnyDoor[] => {
  const drawn = new LRUCache<string, Promise<Buffer>>({ max: PICTURES_MAX });
  const pictureOf = (etag: string, draw: () => Promise<Buffer>): Promise<Buffer> => {
    const known = drawn.get(etag);
    if (known) return known;
    const picture = draw();
    drawn.set(etag, picture);
    picture.catch(() => drawn.delete(etag));
    return picture;
  };
  return [
    door({
      method: "GET",
      path: "/og/:code.png",
      operation: "welcome.read",
      limit: "public_page",
      summary: "The picture shown under a shared link",
      tag: "Pages",
      isPage: true,
      schema: { params: CardParams },
      handle: async ({ params, headers }) => {
        const { access, publicUrl, findOffer } = deps;
        const welcome = await findInvitation(access.db, { code: params.code, programId: null });
        if (welcome.kind === "no_program" || welcome.invitation.kind === "unknown_code")
          throw new Refusal("unknown_code");
        const offer = await findOffer(welcome.programId);
        const { brand, programId } = welcome;
        const logo = brand.logo && (await access.db.read(programId, findLogo));
        const card = shareCardOf(welcome, offer, new URL(publicUrl()).host, logo?.logo ?? null);
        const says = JSON.stringify({ ...card, logo: brand.logo && brand.version });
        const etag = `"${createHash("sha256").update(says).digest("base64url").slice(0, 22)}"`;
        const cache = { etag, "cache-control": "public, max-age=600" };
        if (headers["if-none-match"] === etag) return { status: 304, headers: cache };
        const body = await pictureOf(etag, () => drawPicture(shareCardPicture(card)));
        return {
          status: 200,
          body,
          headers: { ...cache, "content-type": "image/png", "cross-origin-resource-policy": "cross-origin" },
        };
      },
    }),
  ];
};
