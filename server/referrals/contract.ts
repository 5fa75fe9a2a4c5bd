import { type Static, Type } from "typebox";
import {
  Closed,
  ExternalId,
  IdText,
  Instant,
  ListOf,
  MoneySchema,
  Nullable,
  OneOf,
  PageQuery,
  ReasonSchema,
  Text,
  VisitorId,
} from "../primitives/wire.ts";

const STATUSES = ["waitlisted", "joined", "qualified", "rewarded", "not_eligible"] as const;

const Country = Type.String({
  pattern: "^[A-Z]{2}$",
  description: "two capital letters (ISO 3166-1 alpha-2)",
});
const Segment = Text(64, { description: "Your own word for a group of people; plans may ask for it" });

const NameShown = Type.Boolean({
  description: "Whether friends may read their first name. Only with their consent",
});
const MarketingConsent = Type.Boolean({
  description: "Whether they asked for news of the program. Apart from joining it",
});

const Language = OneOf(["en", "hi"], { description: "What they are written to in (ISO 639-1)" });

const CarriedTouch = Closed({
  code: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  click_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  at: Type.Optional({ ...Instant, description: "When the code was seen; of a click we know it ourselves" }),
});

export const NewParticipant = Closed({
  external_id: Type.Optional(ExternalId),
  email: Type.String({ minLength: 3, maxLength: 320 }),
  name: Text(120),
  country: Type.Optional(Country),
  segment: Type.Optional(Segment),
  language: Type.Optional(
    OneOf(["en", "hi"], { description: "What they are written to in; without it, the program's" }),
  ),
  name_shown: Type.Optional(NameShown),
  marketing_consent: Type.Optional(MarketingConsent),
  referral: Type.Optional(
    Closed(
      {
        code: Type.Optional(Type.String({ maxLength: 100 })),
        click_id: Type.Optional(Type.String({ maxLength: 100 })),
        invitation_token: Type.Optional(
          Type.String({ maxLength: 100, description: "From the address of an invitation" }),
        ),
        visitor_id: Type.Optional(VisitorId),
        touches: Type.Optional(
          Type.Array(CarriedTouch, { maxItems: 20, description: "Codes and clicks you know of from before" }),
        ),
        channel: Type.Optional(
          Text(64, { description: "Where the invitation was seen, in your words; plans may ask for it" }),
        ),
        required: Type.Optional(
          Type.Boolean({ description: "Refuse the sign-up where the referral cannot count" }),
        ),
      },
      { minProperties: 1 },
    ),
  ),
});

export const ParticipantPatch = Closed(
  {
    country: Type.Optional(Nullable(Country)),
    segment: Type.Optional(Nullable(Segment)),
    language: Type.Optional(Language),
    name_shown: Type.Optional(NameShown),
    marketing_consent: Type.Optional(MarketingConsent),
  },
  { minProperties: 1 },
);

export const Suspension = Closed({
  reason: Text(500, { description: "Why, in words that the person reads too" }),
});

export const ReferralAnswer = Closed({
  id: Type.String(),
  advocate_id: Nullable(Type.String()),
  inviter_id: Nullable(
    Type.String({ description: "Who invited them; not the advocate where the place was found below" }),
  ),
  referee_id: Type.String(),
  channel: Nullable(Type.String()),
  status: OneOf(STATUSES),
  reasons: Type.Array(ReasonSchema),
  created_at: Type.String(),
});

/** With names, for whoever may see both. */
const entryFields = {
  ...ReferralAnswer.properties,
  referee_name: Type.String(),
  advocate_name: Nullable(Type.String()),
  /** The version of the terms by which it was decided; null where no touch was. */
  attribution: Nullable(Closed({ model: Type.String(), version: Type.Integer() })),
};
export const ReferralEntry = Closed(entryFields);

const TouchAnswer = Closed({
  kind: OneOf(["code", "click", "invitation"]),
  code: Nullable(Type.String()),
  click_id: Nullable(Type.String()),
  invitation_id: Nullable(Type.String()),
  link_id: Nullable(Type.String()),
  advocate_id: Nullable(Type.String()),
  advocate_name: Nullable(Type.String()),
  channel: Nullable(Type.String()),
  referrer_host: Nullable(Type.String()),
  device: Nullable(Type.String()),
  at: Nullable(Type.String({ description: "Null: nobody knows" })),
  outcome: OneOf(["won", "lost"]),
  reason: Nullable(Type.String()),
  sentence: Type.String(),
});

export const ReferralDetail = Closed({
  ...entryFields,
  decision: Type.String({ description: "Why it was decided so, in a sentence" }),
  touches: Type.Array(TouchAnswer),
  reassignments: Type.Array(
    Closed({
      id: Type.String(),
      former_advocate_id: Nullable(Type.String()),
      former_advocate_name: Nullable(Type.String()),
      advocate_id: Type.String(),
      advocate_name: Nullable(Type.String()),
      claim_id: Nullable(Type.String()),
      reason: Type.String(),
      decided_by: Nullable(Type.String()),
      decided_at: Type.String(),
    }),
  ),
});
export const ReferralParams = Closed({
  referral: Type.String({
    minLength: 1,
    maxLength: 200,
    description: "Its id, or the id of whoever was referred",
  }),
});

const Level = Closed({ level: Type.Integer(), participants: Type.Integer() });

export const ParticipantAnswer = Closed({
  id: Type.String(),
  external_id: Nullable(Type.String()),
  email: Type.String(),
  name: Type.String(),
  country: Nullable(Type.String()),
  segment: Nullable(Type.String()),
  language: Language,
  status: OneOf(["active", "suspended", "erased"]),
  suspension: Nullable(
    Closed(
      { reason: Type.String(), since: Type.String() },
      { description: "Why and since when; they read it too" },
    ),
  ),
  name_shown: NameShown,
  marketing_consent: MarketingConsent,
  email_verified: Type.Boolean({ description: "They proved that the address is theirs" }),
  code: Nullable(Type.String()),
  link: Nullable(Closed({ id: Type.String(), url: Type.String() })),
  referral: Nullable(
    Closed({
      id: Type.String(),
      advocate_id: Nullable(Type.String()),
      inviter_id: Nullable(Type.String()),
      channel: Nullable(Type.String()),
      status: OneOf(STATUSES),
      waiting_position: Nullable(
        Type.Integer({
          description: "Where they stand in the advocate's line; 1 is the next to get a place",
        }),
      ),
      reasons: Type.Array(ReasonSchema),
    }),
  ),
  direct_count: Type.Integer(),
  direct_limit: Nullable(Type.Integer()),
  created_at: Type.String(),
});

/** With what is counted for them; only where one participant is asked for. */
export const ParticipantDetail = Closed({
  ...ParticipantAnswer.properties,
  network_count: Type.Integer(),
  levels: Type.Array(Level),
  visits: Type.Integer(),
  qualified: Type.Integer(),
});

export const WaitingAnswer = Closed({
  referral_id: Type.String(),
  participant_id: Type.String(),
  name: Type.String(),
  position: Type.Integer({ description: "1 is the next to get a place" }),
  waiting_since: Type.String(),
});
export const Waitlist = ListOf(WaitingAnswer);
export const WaitlistQuery = Closed({ limit: PageQuery.limit, after: PageQuery.after });

export const ParticipantList = ListOf(ParticipantAnswer);
export const ReferralList = ListOf(ReferralEntry);
export const ParticipantParams = Closed({
  participant: Type.String({ minLength: 1, maxLength: 210, description: "An id, ext:{external_id}, or me" }),
});

export const ParticipantsQuery = Closed({
  ...PageQuery,
  q: Type.Optional(Type.String({ maxLength: 200, description: "Part of a name, e-mail or external id" })),
  external_id: Type.Optional(Type.String({ maxLength: 200 })),
  segment: Type.Optional(Type.String({ maxLength: 64 })),
});

export const ReferralsQuery = Closed({
  ...PageQuery,
  advocate_id: Type.Optional(IdText),
  status: Type.Optional(Type.String({ maxLength: 100, description: "One or several, separated by commas" })),
  channel: Type.Optional(Type.String({ maxLength: 64 })),
  q: Type.Optional(Type.String({ maxLength: 200, description: "Part of a name or e-mail, of either side" })),
  "created_at[gte]": Type.Optional(Instant),
  "created_at[lt]": Type.Optional(Instant),
});

export const NetworkQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  depth: Type.Optional(Type.Integer({ minimum: 1, maximum: 3, default: 1 })),
  as_of: Type.Optional({ ...Instant, description: "How it stood then; a time as in RFC 3339" }),
});

const memberFields = {
  participant_id: Type.String(),
  name: Nullable(Type.String()),
  level: Type.Integer(),
  joined_at: Type.String(),
  inviter_id: Nullable(
    Type.String({ description: "Who invited them, where the place was found below that person" }),
  ),
  referral_status: OneOf(STATUSES),
  direct_count: Type.Integer(),
  network_count: Type.Integer(),
  earned: Type.Array(MoneySchema),
};

const Leaf = Closed({ ...memberFields, legs: Type.Array(Type.Never()) });
const Inner = Closed({ ...memberFields, legs: Type.Array(Leaf) });
export const NetworkMember = Closed({ ...memberFields, legs: Type.Array(Inner) });

export const NetworkAnswer = Closed({
  participant_id: Type.String(),
  levels: Type.Array(
    Closed({ level: Type.Integer(), participants: Type.Integer(), earned: Type.Array(MoneySchema) }),
  ),
  data: Type.Array(NetworkMember),
  has_more: Type.Boolean(),
  next_cursor: Nullable(Type.String()),
});

export type NewParticipant = Static<typeof NewParticipant>;
export type ParticipantAnswer = Static<typeof ParticipantAnswer>;
export type ParticipantDetail = Static<typeof ParticipantDetail>;
export type WaitingAnswer = Static<typeof WaitingAnswer>;
export type ReferralAnswer = Static<typeof ReferralAnswer>;
export type ReferralEntry = Static<typeof ReferralEntry>;
export type ReferralDetail = Static<typeof ReferralDetail>;
export type NetworkMember = Static<typeof NetworkMember>;
export type NetworkAnswer = Static<typeof NetworkAnswer>;
