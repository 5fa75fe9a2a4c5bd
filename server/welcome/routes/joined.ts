import { isCrossSite } from "../../access/cross-site.ts";
import { type AnyDoor, type Call, door } from "../../access/door.ts";
import { brandLook } from "../brand-look.ts";
import { claimParticipation } from "../claim-participation.ts";
import { JoinedForm, JoinedQuery } from "../contract.ts";
import { findJoined, type Joined } from "../find-joined.ts";
import { joinedPage } from "../joined-page.ts";
import * as others from "../other-pages.ts";
import { readPass } from "../pass.ts";
import type { WelcomeDeps } from "./deps.ts";

const PATH = "/join/welcome";

export const joinedRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: PATH,
    operation: "welcome.read",
    limit: "public_page",
    summary: "The welcome of somebody who has just joined",
    tag: "Pages",
    isPage: true,
    schema: { query: JoinedQuery },
    handle: async ({ query, actor, headers }) => {
      const known = await find(deps, query.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      const { programId } = known.pass;
      const { brand, ...joined } = known.joined;
      const look = brandLook(programId, joined.program, brand, headers["accept-language"]);
      const offer = await deps.findOffer(programId);
      const answer = deps.pages.answer(200, joinedPage({ ...joined, look, offer, pass: query.pass ?? "" }));
      // The address shows a name: it is passed on to no other site.
      return {
        ...answer,
        headers: { ...answer.headers, "cache-control": "no-store", "referrer-policy": "same-origin" },
      };
    },
  }),
  door({
    method: "POST",
    path: PATH,
    operation: "welcome.join",
    limit: "public_page",
    summary: "Add a new participation to one's account",
    tag: "Pages",
    isPage: true,
    schema: { body: JoinedForm },
    handle: async ({ body, actor, headers }) => {
      const known = await find(deps, body.pass, actor);
      if (!known) return deps.pages.answer(410, others.welcomeOverPage());
      const userId = "userId" in actor ? actor.userId : null;
      const isOwnPage = !isCrossSite("POST", headers, deps.access.publicOrigin);
      if (isOwnPage && userId !== null && known.joined.entry === "may_add")
        await claimParticipation(deps.access, known.pass, userId);
      return { status: 303, headers: { location: `${PATH}?pass=${body.pass}`, "cache-control": "no-store" } };
    },
  }),
];

type Asked = Call<{ query: typeof JoinedQuery }>;

async function find(
  { access, passKey, publicUrl }: WelcomeDeps,
  text: string | undefined,
  actor: Asked["actor"],
): Promise<{ pass: NonNullable<ReturnType<typeof readPass>>; joined: Joined } | null> {
  const pass = readPass(text ?? "", passKey, access.clock());
  const joined = pass && (await findJoined(access.db, pass, actor, publicUrl()));
  return joined ? { pass, joined } : null;
}
