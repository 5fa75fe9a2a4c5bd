import { type Static, Type } from "typebox";
import {
  Closed,
  IdText,
  Instant,
  ListOf,
  Nullable,
  OneOf,
  PageQuery,
  ReasonSchema,
  Text,
} from "../primitives/wire.ts";

const PARAMETERS_MAX = 15;
const USES_MAX = 1_000_000;

const Slug = Type.String({
  minLength: 1,
  maxLength: 40,
  description:
    "An address of one's own: 3 to 40 small letters, digits and single dashes; null: the code we made",
});
const Parameters = Type.Unsafe<Record<string, string>>({
  type: "object",
  additionalProperties: { type: "string", maxLength: 200 },
  maxProperties: PARAMETERS_MAX,
  description:
    "Added to the address it leads to: utm_source, utm_medium, utm_campaign, utm_term, utm_content, and up to ten of your own",
});
const Label = Text(80, { description: "What the link is called in lists; nobody else sees it" });
const Channel = Text(64, {
  description: "Where it is shared, in your words; referrals carry it, and plans may ask for it",
});
const DestinationUrl = Type.String({
  minLength: 1,
  maxLength: 2000,
  description: "Where it leads, on a domain that the program allows; null: where the program's links lead",
});
const ExpiresAt = { ...Instant, description: "From this moment on it brings nobody; null: never" };
const MaxUses = Type.Integer({
  minimum: 1,
  maximum: USES_MAX,
  description: "How many may sign up through it; null: any number",
});

const fields = {
  label: Type.Optional(Nullable(Label)),
  channel: Type.Optional(Nullable(Channel)),
  slug: Type.Optional(Nullable(Slug)),
  destination_url: Type.Optional(Nullable(DestinationUrl)),
  parameters: Type.Optional(Parameters),
  expires_at: Type.Optional(Nullable(ExpiresAt)),
  max_uses: Type.Optional(Nullable(MaxUses)),
};

export const NewLink = Closed({
  participant_id: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 210,
      description: "Whose: an id, ext:{external_id}, or me; participants may leave it out",
    }),
  ),
  ...fields,
});
export const LinkPatch = Closed(fields, { minProperties: 1 });
export const LinkRenewal = Closed({
  expires_at: Type.Optional(Nullable(ExpiresAt)),
  max_uses: Type.Optional(
    Nullable({ ...MaxUses, description: "Left out: as many as before, counted from zero" }),
  ),
});

const Count = Type.Integer();
const Days = Type.Array(Type.Integer(), {
  description: "The last 30 days in the program's time zone, today last",
});

export const LinkAnswer = Closed({
  id: Type.String(),
  participant_id: Type.String(),
  is_default: Type.Boolean({ description: "The one they were given when they joined" }),
  label: Nullable(Type.String()),
  channel: Nullable(Type.String()),
  code: Type.String(),
  slug: Nullable(Type.String({ description: "The code, where somebody chose it" })),
  url: Type.String(),
  former_urls: Type.Array(Type.String(), { description: "Addresses it had before; they lead to it still" }),
  destination_url: Nullable(Type.String()),
  parameters: Parameters,
  leads_to: Type.String({ description: "The whole address a visitor is sent to, without the click's id" }),
  expires_at: Nullable(Type.String()),
  max_uses: Nullable(Type.Integer()),
  uses: Type.Integer({ description: "Counted where there is a limit" }),
  state: OneOf(["active", "paused", "expired", "used_up", "disabled"]),
  clicks: Count,
  signups: Count,
  qualified: Count,
  rewarded: Count,
  clicks_by_day: Days,
  signups_by_day: Days,
  created_at: Type.String(),
});
export const LinkList = ListOf(LinkAnswer);

export const LinkParams = Closed({ link: IdText });
export const LinksQuery = Closed({
  ...PageQuery,
  participant_id: Type.Optional(IdText),
});
const Color = Type.String({ maxLength: 7, description: "Such as 0b6e4f; dark on light, 4.5 : 1 at least" });
export const QrQuery = Closed({
  format: Type.Optional(OneOf(["svg", "png"])),
  size: Type.Optional(
    Type.Integer({ minimum: 64, maximum: 2048, description: "Pixels; an SVG fits anywhere without" }),
  ),
  color: Type.Optional(Color),
  background: Type.Optional(Color),
  logo: Type.Optional(Type.Boolean({ description: "The program's logo in the middle, where it has one" })),
});

/** Codes on one print. */
export const SHEET_ENTRIES_MAX = 500;
export const QrSheetQuery = Closed({
  link_id: Type.Optional(IdText),
  participant_ids: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 15_500,
      pattern: "^[^,]+(,[^,]+){0,499}$",
      description: "Whose first links: up to 500 ids, separated by commas",
    }),
  ),
  segment: Type.Optional(Type.String({ maxLength: 64 })),
  paper: Type.Optional(OneOf(["a4", "letter"])),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: SHEET_ENTRIES_MAX })),
  after: Type.Optional(Type.String({ maxLength: 200 })),
});

export const CodeQuestion = Closed({
  slug: Type.String({ maxLength: 100 }),
  link_id: Type.Optional(IdText),
});
export const CodeVerdict = Closed({
  slug: Type.String(),
  is_available: Type.Boolean(),
  reason: Nullable(ReasonSchema),
  suggestions: Type.Array(Type.String(), { description: "Up to three that are near and free" }),
});

export type CodeVerdict = Static<typeof CodeVerdict>;
export type LinkAnswer = Static<typeof LinkAnswer>;
export type LinkPatch = Static<typeof LinkPatch>;
