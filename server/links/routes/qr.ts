import { type Answer, type AnyDoor, type Call, door } from "../../access/door.ts";
import { ownParticipant } from "../../access/permission.ts";
import { findPersonPage } from "../../participants/find-person-page.ts";
import { findPersons } from "../../participants/find-persons.ts";
import type { Reader } from "../../platform/database.ts";
import { printPdf } from "../../platform/pdf.ts";
import { drawPicture } from "../../platform/picture.ts";
import { pageWindow } from "../../primitives/page.ts";
import { Refusal } from "../../primitives/refusal.ts";
import { findBrand } from "../../programs/find-brand.ts";
import { findLogo } from "../../programs/find-logo.ts";
import { findProgram } from "../../programs/find-program.ts";
import * as contract from "../contract.ts";
import { findLink } from "../find-link.ts";
import { findLinks } from "../find-links.ts";
import { linkUrl } from "../link.ts";
import { colorsOf, lookProblems, type QrLogo, qrPicture, qrSvg } from "../qr.ts";
import { ENTRIES_PER_PAGE, type SheetEntry, sheetPages } from "../qr-sheet.ts";
import { checkOwner, type LinksDeps } from "./deps.ts";

const PIXELS = 512;
const KEPT = { "cache-control": "private, max-age=3600" };

export const qrRoutes = (deps: LinksDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/links/:link/qr",
    operation: "links.qr",
    limit: "read",
    summary: "The link as a QR code: SVG or PNG, in your colours, with the program's logo",
    tag: "Links",
    produces: "image/svg+xml",
    schema: { params: contract.LinkParams, query: contract.QrQuery },
    handle: (call) => drawCode(deps, call),
  }),
  door({
    method: "GET",
    path: "/v1/links/qr-sheet",
    operation: "links.qr_sheet",
    limit: "read",
    summary:
      "QR codes to print and cut out, with name and address: of one link, of some participants, or of a batch",
    tag: "Links",
    produces: "application/pdf",
    schema: { query: contract.QrSheetQuery },
    handle: (call) => printSheet(deps, call),
  }),
];

type CodeCall = Call<{ params: typeof contract.LinkParams; query: typeof contract.QrQuery }>;

async function drawCode(deps: LinksDeps, { actor, programId, params, query }: CodeCall): Promise<Answer> {
  const problems = lookProblems(query);
  if (problems.length > 0) throw new Refusal("invalid_qr", { errors: problems });
  const { link, logo } = await deps.db.read(programId, async (reader) => {
    const found = await findLink(reader, params.link);
    checkOwner(actor, found);
    return { link: found, logo: query.logo === true ? await logoOf(reader) : null };
  });
  const url = linkUrl(deps.publicUrl(), link.code);
  const look = { ...colorsOf(query), logo };
  if (query.format !== "png")
    return {
      status: 200,
      body: qrSvg(url, look, query.size ?? null),
      headers: { "content-type": "image/svg+xml; charset=utf-8", ...KEPT },
    };
  const picture = qrPicture(url, look, query.size ?? PIXELS);
  if ("sizeMin" in picture) {
    const message = `Cameras could not read it. This link takes ${picture.sizeMin} pixels at least.`;
    throw new Refusal("invalid_qr", { errors: [{ pointer: "/query/size", code: "too_small", message }] });
  }
  return {
    status: 200,
    body: await drawPicture(picture),
    headers: { "content-type": "image/png", ...KEPT },
  };
}

async function logoOf(reader: Reader): Promise<QrLogo | null> {
  const size = (await findBrand(reader)).logo;
  const kept = size && (await findLogo(reader));
  return kept ? { png: kept.logo, ...size } : null;
}

async function printSheet(
  deps: LinksDeps,
  call: Call<{ query: typeof contract.QrSheetQuery }>,
): Promise<Answer> {
  const { programId, query } = call;
  const { name, entries } = await deps.db.read(programId, async (reader) => ({
    name: (await findProgram(reader)).name,
    entries: await findEntries(reader, deps, call),
  }));
  if (entries.length === 0) throw new Refusal("nothing_to_print");
  return {
    status: 200,
    body: await printPdf(`${name}: QR codes`, sheetPages(entries, query.paper ?? "a4")),
    headers: {
      "content-type": "application/pdf",
      "content-disposition": 'inline; filename="qr-codes.pdf"',
      "cache-control": "private, no-store",
    },
  };
}

/** Of one link as often as a page holds it; else the first link of each participant that is meant. */
async function findEntries(
  reader: Reader,
  { publicUrl }: LinksDeps,
  { actor, query }: Call<{ query: typeof contract.QrSheetQuery }>,
): Promise<SheetEntry[]> {
  const own = ownParticipant(actor);
  if (query.link_id !== undefined) {
    const link = await findLink(reader, query.link_id);
    checkOwner(actor, link);
    const person = (await findPersons(reader, [link.participantId])).get(link.participantId);
    const entry = { url: linkUrl(publicUrl(), link.code), name: link.label ?? person?.name ?? "" };
    return Array.from({ length: ENTRIES_PER_PAGE }, () => entry);
  }
  const named = query.participant_ids?.split(",").map((id) => id.trim());
  const people =
    own !== null || named
      ? [...(await findPersons(reader, own === null ? (named ?? []) : [own])).values()]
      : await findPersonPage(reader, {
          ...{ q: null, externalId: null, segment: query.segment ?? null },
          ...pageWindow({ ...query, limit: (query.limit ?? contract.SHEET_ENTRIES_MAX) - 1 }, "par"),
        });
  const links = await findLinks(
    reader,
    people.map(({ id }) => id),
  );
  return people.flatMap((person) => {
    const link = links.get(person.id);
    return link?.state === "active" ? [{ url: linkUrl(publicUrl(), link.code), name: person.name }] : [];
  });
}
