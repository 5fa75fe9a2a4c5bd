import { type AnyDoor, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { ParticipantParams } from "../../participants/contract.ts";
import { findParticipant } from "../../participants/find-participant.ts";
import { pageOf, pageWindow } from "../../primitives/page.ts";
import { findProgram } from "../../programs/find-program.ts";
import * as contract from "../contract.ts";
import { findLink } from "../find-link.ts";
import { findLinkPage } from "../find-link-page.ts";
import { findLinksOf } from "../find-links-of.ts";
import { findSlugVerdict } from "../find-slug-verdict.ts";
import { checkOwner, type LinksDeps, linkAnswers, slugRules } from "./deps.ts";

export const readRoutes = (deps: LinksDeps): AnyDoor[] => [
  ...listRoutes(deps),
  ...oneRoutes(deps),
  validateRoute(deps),
];

const listRoutes = (deps: LinksDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/links",
    operation: "links.list",
    limit: "read",
    summary: "Links, newest first, with what they brought",
    tag: "Links",
    schema: { query: contract.LinksQuery, response: { 200: contract.LinkList } },
    handle: async ({ actor, programId, query }) => ({
      status: 200,
      body: await deps.db.read(programId, async (reader) => {
        const participantId = ownParticipant(actor) ?? query.participant_id ?? null;
        const links = await findLinkPage(reader, { ...pageWindow(query, "lnk"), participantId });
        const page = pageOf(
          links,
          query,
          ({ id }) => id,
          (link) => link,
        );
        return { ...page, data: await linkAnswers(reader, page.data, deps) };
      }),
    }),
  }),
  door({
    method: "GET",
    path: "/v1/participants/:participant/links",
    operation: "participants.links",
    limit: "read",
    summary: "The links of a participant, the one they were given first; without those switched off",
    tag: "Links",
    schema: { params: ParticipantParams, response: { 200: contract.LinkList } },
    handle: async ({ actor, programId, params }) => ({
      status: 200,
      body: await deps.db.read(programId, async (reader) => {
        const person = await findParticipant(reader, actor, params.participant);
        const data = await linkAnswers(reader, await findLinksOf(reader, person.id), deps);
        return { data, has_more: false, next_cursor: null, prev_cursor: null };
      }),
    }),
  }),
];

const oneRoutes = (deps: LinksDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/links/:link",
    operation: "links.read",
    limit: "read",
    summary: "One link with what it brought",
    tag: "Links",
    schema: { params: contract.LinkParams, response: { 200: contract.LinkAnswer } },
    handle: async ({ actor, programId, params }) => ({
      status: 200,
      body: await deps.db.read(programId, async (reader) => {
        const link = await findLink(reader, params.link);
        checkOwner(actor, link);
        return (await linkAnswers(reader, [link], deps))[0];
      }),
    }),
  }),
];

const validateRoute = (deps: LinksDeps): AnyDoor =>
  door({
    method: "POST",
    path: "/v1/codes/validate",
    operation: "codes.validate",
    limit: "read",
    summary: "Whether an address can be chosen now, and what is near where it cannot",
    tag: "Links",
    schema: { body: contract.CodeQuestion, response: { 200: contract.CodeVerdict } },
    handle: async ({ actor, programId, body }) => {
      const slug = body.slug.trim().toLowerCase();
      const own = ownParticipant(actor);
      const verdict = await deps.db.read(programId, async (reader) => {
        const program = await findProgram(reader);
        const link = body.link_id === undefined ? null : await findLink(reader, body.link_id);
        if (link) checkOwner(actor, link);
        const ownerId = own ?? link?.participantId;
        const owner = ownerId ? await findParticipant(reader, actor, ownerId) : null;
        const rules = slugRules(actor, program, deps);
        return findSlugVerdict(reader, slug, { linkId: link?.id ?? null, name: owner?.name ?? "", rules });
      });
      const { isAvailable, reason, suggestions } = verdict;
      return { status: 200, body: { slug, is_available: isAvailable, reason, suggestions } };
    },
  });
