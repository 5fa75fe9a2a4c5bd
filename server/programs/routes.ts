import { type Answer, type AnyDoor, door } from "../access/door.ts";
import { recordAudit } from "../access/record-audit.ts";
import type { Database } from "../platform/database.ts";
import { type PictureProblem, redraw } from "../platform/uploaded-picture.ts";
import { parseColor } from "../primitives/color.ts";
import { isId } from "../primitives/id.ts";
import { Refusal } from "../primitives/refusal.ts";
import { checkBrand } from "./brand.ts";
import { brandColorsWire, brandWire } from "./brand-presentation.ts";
import { brandStyle, styleInTheme } from "./brand-style.ts";
import * as contract from "./contract/brand.ts";
import { findBrand } from "./find-brand.ts";
import { findLogo } from "./find-logo.ts";
import { setBrand } from "./set-brand.ts";
import { setLogo } from "./set-logo.ts";

export type BrandDeps = { db: Database; publicUrl: () => string };

const LOGO_BYTES_MAX = 512 * 1024;
/** Twice what pages show, for screens with fine pixels. */
const LOGO_BOX = { width: 640, height: 160 };
const LOGO_BODY_BYTES_MAX = 768 * 1024;
const FOR_EVER = "public, max-age=31536000, immutable";
const SHORTLY = "public, max-age=300";

/** How a program looks: what its team says of it, and the files pages fetch. */
export const brandRoutes = (deps: BrandDeps): AnyDoor[] => [...brandDoors(deps), ...fileDoors(deps)];

const brandDoors = ({ db, publicUrl }: BrandDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/brand",
    operation: "brand.read",
    limit: "read",
    summary: "How the program looks: colour, words and logo",
    tag: "Programs",
    schema: { response: { 200: contract.BrandAnswer } },
    handle: async ({ programId }) => ({
      status: 200,
      body: brandWire(programId, await db.read(programId, findBrand), publicUrl()),
    }),
  }),
  door({
    method: "PUT",
    path: "/v1/brand",
    operation: "brand.update",
    limit: "write",
    summary: "Replace the program's colour and words",
    tag: "Programs",
    schema: { body: contract.BrandRequest, response: { 200: contract.BrandAnswer } },
    handle: ({ body, actor, programId, requestId, write }) =>
      write(async (tx) => {
        await setBrand(tx, body);
        const changes = { color: body.color, languages: Object.keys(body.texts) };
        await recordAudit(tx, [
          { actor, operation: "brand.update", subjectId: programId, requestId, changes },
        ]);
        return { status: 200, body: brandWire(programId, await findBrand(tx), publicUrl()) };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/brand/colors",
    operation: "brand.colors",
    limit: "read",
    summary: "What would become of a colour: readable in light and dark, with the contrast before and after",
    tag: "Programs",
    schema: { query: contract.BrandColorsQuery, response: { 200: contract.BrandColorsAnswer } },
    handle: ({ query }) => {
      checkBrand({ color: query.color });
      const color = parseColor(query.color);
      if (color === null) throw new Refusal("invalid_brand");
      return { status: 200, body: brandColorsWire(color) };
    },
  }),
  door({
    method: "PUT",
    path: "/v1/brand/logo",
    operation: "brand.set_logo",
    limit: "write",
    summary: "Replace the program's logo",
    tag: "Programs",
    bodyBytesMax: LOGO_BODY_BYTES_MAX,
    schema: { body: contract.LogoRequest, response: { 200: contract.BrandAnswer } },
    handle: async ({ body, actor, programId, requestId }) => {
      const file = Buffer.from(body.image, "base64");
      const picture = file.length > LOGO_BYTES_MAX ? "too_large" : await redraw(file, LOGO_BOX);
      if (typeof picture === "string") throw refusedLogo(picture);
      return db.write(programId, async (tx) => {
        await setLogo(tx, picture);
        await recordAudit(tx, [{ actor, operation: "brand.set_logo", subjectId: programId, requestId }]);
        return { status: 200, body: brandWire(programId, await findBrand(tx), publicUrl()) };
      });
    },
  }),
  door({
    method: "DELETE",
    path: "/v1/brand/logo",
    operation: "brand.delete_logo",
    limit: "write",
    summary: "Take the program's logo away",
    tag: "Programs",
    schema: {},
    handle: ({ actor, programId, requestId }) =>
      db.write(programId, async (tx) => {
        await setLogo(tx, null);
        await recordAudit(tx, [{ actor, operation: "brand.delete_logo", subjectId: programId, requestId }]);
        return { status: 204 };
      }),
  }),
];

const fileDoors = ({ db }: BrandDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/brand/:program_id/logo.png",
    operation: "pages.read",
    limit: "public_page",
    summary: "A program's logo",
    tag: "Pages",
    isPage: true,
    schema: { params: contract.BrandFileParams, query: contract.BrandFileQuery },
    handle: async ({ params, query }) => {
      const found = isId("prg", params.program_id) ? await db.read(params.program_id, findLogo) : null;
      if (!found) throw new Refusal("not_found");
      return file(found.logo, "image/png", found.version === query.v);
    },
  }),
  door({
    method: "GET",
    path: "/brand/:program_id/style.css",
    operation: "pages.read",
    limit: "public_page",
    summary: "A program's colours",
    tag: "Pages",
    isPage: true,
    schema: { params: contract.BrandFileParams, query: contract.BrandStyleQuery },
    handle: async ({ params, query }) => {
      const tried = parseColor(query.color ?? "");
      if (tried !== null)
        return file(styleInTheme(brandStyle(tried), query.theme), "text/css; charset=utf-8", true);
      if (!isId("prg", params.program_id)) throw new Refusal("not_found");
      const { color, version } = await db.read(params.program_id, findBrand);
      return file(brandStyle(color), "text/css; charset=utf-8", version === query.v);
    },
  }),
];

/** An address with the version of what it answers is good for ever. */
function file(body: Buffer | string, type: string, isThisVersion: boolean): Answer {
  const headers = { "content-type": type, "cache-control": isThisVersion ? FOR_EVER : SHORTLY };
  return { status: 200, body, headers };
}

const LOGO_WORDS: Record<PictureProblem, string> = {
  unknown_format: "This is not a PNG, JPEG or WebP. An SVG can carry script and is not taken.",
  too_large: "The picture is too large: at most 512 kB and 4096 × 4096 pixels.",
  unreadable: "The picture cannot be read. Save it again and try once more.",
};

function refusedLogo(problem: PictureProblem): Refusal {
  return new Refusal("invalid_brand", {
    errors: [{ pointer: "/image", code: problem, message: LOGO_WORDS[problem] }],
  });
}
