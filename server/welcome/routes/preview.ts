import { type AnyDoor, door } from "../../access/door.ts";
import { SECURITY_HEADERS } from "../../platform/security-headers.ts";
import { parseColor } from "../../primitives/color.ts";
import { findBrand } from "../../programs/find-brand.ts";
import { findProgram } from "../../programs/find-program.ts";
import { brandLook } from "../brand-look.ts";
import { PreviewQuery } from "../contract.ts";
import type { Invitation } from "../invitation.ts";
import { fieldsFromQuery } from "../join-form.ts";
import { joinPage } from "../join-page.ts";
import { STYLE_PATH } from "../page.ts";
import type { WelcomeDeps } from "./deps.ts";

/** Shown inside the page where the brand is set, and from there alone; its form leads nowhere. */
const FRAMED = SECURITY_HEADERS["content-security-policy"]
  ?.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
  .replace("form-action 'self'", "form-action 'none'");

/** The page behind a link as it would be with these colours and words, in each of its states. */
export const previewRoutes = (deps: WelcomeDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/welcome/preview",
    operation: "brand.preview",
    limit: "read",
    summary: "The page behind a link, before its look is saved",
    tag: "Pages",
    isPage: true,
    schema: { query: PreviewQuery },
    handle: async ({ programId, query }) => {
      const [program, saved] = await deps.access.db.read(
        programId,
        async (reader) => [await findProgram(reader), await findBrand(reader)] as const,
      );
      const { headline, lead_text, button } = query;
      const words = Object.fromEntries(
        Object.entries({ headline, lead_text, button }).filter(
          ([, text]) => text !== undefined && text !== "",
        ),
      );
      const color = parseColor(query.color ?? "");
      const look = brandLook(programId, program.name, { ...saved, color: null, texts: { en: words } }, "en");
      const theme = query.theme === "dark" ? "dark" : "light";
      const common = `${STYLE_PATH}?theme=${theme}`;
      const styles =
        color === null
          ? []
          : [`/brand/${programId}/style.css?color=${encodeURIComponent(color)}&theme=${theme}`];
      const { timeZone, termsUrl, disclosure } = program;
      const page = joinPage({
        ...{ program: program.name, programId, timeZone, termsUrl, disclosure: disclosure.en ?? null },
        state: query.state === "paused" || query.state === "ended" ? query.state : "live",
        look: { ...look, styles: [common, ...styles] },
        invitation: SAMPLES[query.state ?? "open"] ?? OPEN,
        offer: await deps.findOffer(programId),
        fields: fieldsFromQuery({ ref: CODE }, "preview-preview-preview"),
        errors: {},
        comeback: null,
        stopPath: null,
      });
      const answer = deps.pages.answer(200, page);
      const headers = {
        ...answer.headers,
        "cache-control": "no-store",
        "content-security-policy": FRAMED ?? "",
      };
      return { ...answer, headers };
    },
  }),
];

const CODE = "k7m2q9x4ab";
const WHO = { code: CODE, advocate: "Anika", advocateId: "par_sample" };
const OPEN: Invitation = { kind: "open", ...WHO, place: "direct" };
const SAMPLES: Record<string, Invitation> = {
  open: OPEN,
  unnamed: { ...OPEN, advocate: null },
  expired: { kind: "expired_link", state: "expired" },
  paused_link: { kind: "expired_link", state: "paused" },
  used_up: { kind: "expired_link", state: "used_up" },
  full: { kind: "direct_limit_reached", advocate: "Anika", limit: 8 },
  waitlist: { kind: "waitlist", ...WHO, waiting: 3 },
};
