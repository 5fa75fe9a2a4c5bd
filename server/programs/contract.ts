import { type Static, Type } from "typebox";
import { Closed, Currency, ListOf, Nullable, OneOf, PageQuery, Text } from "../primitives/wire.ts";

const Name = Text(120);
const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: "IANA name, such as Asia/Kolkata" });
const Language = OneOf(["en", "hi"], {
  description: "What people are written to in who have not said (ISO 639-1)",
});
const DestinationUrl = Nullable(
  Type.String({ maxLength: 2000, description: "Where links lead; null: the hosted sign-up page" }),
);

const Sentence = Type.Optional(Text(300));
const Disclosure = Closed(
  { en: Sentence, hi: Sentence },
  {
    description:
      "Your own sentence for friends about who earns when they join or buy, by language; a language without one has ours",
  },
);
const LINK_DOMAINS_MAX = 20;
const LinkDomains = Type.Array(Type.String({ minLength: 1, maxLength: 255 }), {
  maxItems: LINK_DOMAINS_MAX,
  description: "Where links of their own may lead besides: hosts, or all below one as *.shop.example",
});

const Attribution = Closed(
  {
    model: Type.Optional(
      Type.String({
        pattern: "^[a-z_]{1,40}$",
        description: "Who of several advocates counts: code_wins, first_touch or last_touch",
      }),
    ),
    window_days: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 1,
          maximum: 3650,
          description: "How many days a touch counts; null: as the plan in force says",
        }),
      ),
    ),
  },
  { minProperties: 1 },
);

export const NewProgram = Closed({
  name: Name,
  currency: Currency,
  time_zone: Type.Optional(TimeZone),
  template: Type.Optional(OneOf(["two-level", "points"])),
  destination_url: Type.Optional(DestinationUrl),
});

export const ProgramPatch = Closed(
  {
    name: Type.Optional(Name),
    time_zone: Type.Optional(TimeZone),
    language: Type.Optional(Language),
    destination_url: Type.Optional(DestinationUrl),
    link_domains: Type.Optional(LinkDomains),
    default_margin: Type.Optional(
      Type.String({
        pattern: "^\\d{1,3}(\\.\\d{1,4})?$",
        description: "Percent of a purchase that counts as profit",
      }),
    ),
    debt_write_off_days: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 1,
          maximum: 3650,
          description: "Days after which what a participant owes is written off; null: never",
        }),
      ),
    ),
    terms_url: Type.Optional(
      Nullable(Type.String({ maxLength: 2000, description: "Where your terms can be read" })),
    ),
    disclosure: Type.Optional(Disclosure),
    attribution: Type.Optional(Attribution),
    claim_window_days: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 3650,
        description: "Days after joining in which somebody may say who invited them; 0: never",
      }),
    ),
    reassign_second_person_above: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 0,
          maximum: 1e15,
          description: "What one person may move by a decision, in minor units; null: any amount",
        }),
      ),
    ),
    signs_referrals: Type.Optional(
      Type.Boolean({
        description:
          "Followed links lead to your own pages with `exp` and `sig` besides `ref` and `click`; off and on again makes a new key",
      }),
    ),
  },
  { minProperties: 1 },
);

export const ProgramAnswer = Closed({
  id: Type.String(),
  name: Type.String(),
  state: OneOf(["draft", "test", "live", "paused", "ended"]),
  currency: Type.String(),
  time_zone: Type.String(),
  language: Language,
  destination_url: Nullable(Type.String()),
  link_domains: Type.Array(Type.String()),
  default_margin: Type.String(),
  debt_write_off_days: Nullable(Type.Integer()),
  terms_url: Nullable(Type.String()),
  disclosure: Disclosure,
  attribution: Closed({
    model: Type.String(),
    version: Type.Integer(),
    window_days: Nullable(Type.Integer({ description: "Null: as the plan in force says" })),
    days_in_force: Type.Integer({ description: "How many days a touch counts today" }),
  }),
  claim_window_days: Type.Integer(),
  reassign_second_person_above: Nullable(Type.Integer()),
  signs_referrals: Type.Boolean(),
  direct_limit: Nullable(Type.Integer()),
  plan: Nullable(
    Closed({
      id: Type.String(),
      version: Type.Integer(),
      name: Type.String(),
      document: Type.Unknown(),
    }),
  ),
  created_at: Type.String(),
});

const AttributionTermsAnswer = Closed({
  version: Type.Integer(),
  model: Type.String(),
  window_days: Nullable(Type.Integer()),
  valid_from: Type.String(),
  created_by: Nullable(Type.String()),
});
export const AttributionTermsList = ListOf(AttributionTermsAnswer);

export const ProgramList = ListOf(ProgramAnswer);
export const SigningKeyAnswer = Closed({
  key: Type.String({
    description: "The key of HMAC-SHA256 over `{ref}.{click}.{exp}`; keep it on your server",
  }),
});
export const ProgramParams = Closed({ program_id: Type.String({ minLength: 1, maxLength: 200 }) });

export const NewExchangeRate = Closed({
  currency: Currency,
  rate: Type.String({
    maxLength: 30,
    description: "What one unit of it is worth in the program's currency: a decimal, at most ten decimals",
  }),
  valid_from: Type.String({
    pattern: "^\\d{4}-\\d{2}-\\d{2}$",
    description: "The first day it holds, in the program's time zone, such as 2026-03-01",
  }),
  source: Text(200, { description: "Where the rate is from, such as ECB" }),
});

export const ExchangeRateAnswer = Closed({
  id: Type.String(),
  currency: Type.String(),
  rate: Type.String(),
  valid_from: Type.String(),
  source: Type.String(),
  created_at: Type.String(),
});
export const ExchangeRatesQuery = Closed({ ...PageQuery, currency: Type.Optional(Currency) });
export const ExchangeRateList = ListOf(ExchangeRateAnswer);

export type NewProgram = Static<typeof NewProgram>;
export type ProgramAnswer = Static<typeof ProgramAnswer>;
export type ExchangeRateAnswer = Static<typeof ExchangeRateAnswer>;
