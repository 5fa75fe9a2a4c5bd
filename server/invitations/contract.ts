import { type Static, Type } from "typebox";
import { Closed, IdText, Instant, ListOf, Nullable, OneOf, PageQuery } from "../primitives/wire.ts";

const STATES = [
  ...["draft", "scheduled", "queued", "sent", "delivered", "clicked"],
  ...["joined", "bounced", "expired", "cancelled", "suppressed"],
] as const;

const ParticipantField = Type.String({
  minLength: 1,
  maxLength: 210,
  description:
    "On whose behalf: a participant's id, or ext:{external_id}; participants invite for themselves",
});
const Email = Type.String({ minLength: 1, maxLength: 1_000, description: "one e-mail address" });
const FriendName = Type.String({
  maxLength: 400,
  description: "how you call them; at most 80 characters, no links",
});
const PersonalMessage = Type.String({
  maxLength: 4_000,
  description: "your own words; at most 500 characters, no links",
});
const LanguageTag = Type.String({
  pattern: "^[a-z]{2}(-[A-Za-z0-9]{2,8})*$",
  description: "a language tag, such as en or hi",
});

const PersonFields = Closed({ email: Type.Optional(Email), name: Type.Optional(FriendName) });

export const NewInvitations = Closed({
  participant: Type.Optional(ParticipantField),
  people: Type.Array(PersonFields, { minItems: 1, maxItems: 20 }),
  message: Type.Optional(PersonalMessage),
  language: Type.Optional(LanguageTag),
  channel: Type.Optional(
    OneOf(["email", "link"], { description: "link: nothing is mailed, you pass the address on yourself" }),
  ),
  send: Type.Optional(
    Type.Boolean({ description: "false keeps drafts; without it they go out, now or as scheduled" }),
  ),
  scheduled_at: Type.Optional({ ...Instant, description: "When they go out; a time as in RFC 3339" }),
  expires_at: Type.Optional({ ...Instant, description: "Until when they hold; a time as in RFC 3339" }),
  copy_to_self: Type.Optional(Type.Boolean({ description: "A copy of the first to the one who invites" })),
});

export const PastedPeople = Closed({
  participant: Type.Optional(ParticipantField),
  text: Type.Optional(Type.String({ maxLength: 100_000, description: "addresses as people paste them" })),
  people: Type.Optional(Type.Array(PersonFields, { maxItems: 1_000 })),
});

export const PeopleAnswer = Closed({
  people: Type.Array(
    Closed({
      email: Type.String(),
      name: Type.String(),
      problem: Nullable(
        Closed({ code: Type.String(), message: Type.String(), field: OneOf(["email", "name"]) }),
      ),
    }),
  ),
});

export const DraftPreview = Closed({
  participant: Type.Optional(ParticipantField),
  name: Type.Optional(FriendName),
  message: Type.Optional(PersonalMessage),
  language: Type.Optional(LanguageTag),
  expires_at: Type.Optional(Instant),
});

export const PreviewAnswer = Closed({
  subject: Type.String(),
  html: Type.String({ description: "The mail as the friend sees it" }),
  text: Type.String({ description: "The same as plain text" }),
  problem: Nullable(
    Closed(
      { code: Type.String(), message: Type.String(), at: Type.Integer(), text: Type.String() },
      { description: "What cannot stand in the message, and where; the preview is then without it" },
    ),
  ),
});

export const InvitationParams = Closed({ invitation: IdText });

export const InvitationsQuery = Closed({
  ...PageQuery,
  include: Type.Optional(Type.Literal("total_count")),
  participant: Type.Optional(ParticipantField),
  batch: Type.Optional(IdText),
  status: Type.Optional(
    Type.String({
      maxLength: 200,
      pattern: "^[a-z_]+(,[a-z_]+)*$",
      description: "states, separated by commas",
    }),
  ),
  q: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "a part of a name or an address" }),
  ),
});

export const SummaryQuery = Closed({
  participant: Type.Optional(ParticipantField),
  batch: Type.Optional(IdText),
});

export const InvitationPatch = Closed(
  {
    email: Type.Optional(Email),
    name: Type.Optional(FriendName),
    message: Type.Optional(PersonalMessage),
    language: Type.Optional(LanguageTag),
    scheduled_at: Type.Optional(Nullable(Instant)),
    expires_at: Type.Optional(Instant),
  },
  { minProperties: 1 },
);

const ActionAnswer = Nullable(
  Closed(
    { code: Type.String(), message: Type.String(), until: Nullable(Type.String()) },
    { description: "Why it cannot be done now; null: it can" },
  ),
);

export const InvitationAnswer = Closed({
  id: Type.String(),
  participant_id: Type.String({ description: "Who invites" }),
  batch_id: Nullable(Type.String()),
  email: Nullable(Type.String()),
  name: Type.String(),
  message: Type.String(),
  language: Type.String(),
  channel: OneOf(["email", "link"]),
  status: OneOf(STATES),
  display_status: Type.String({ description: "The status in a word for people" }),
  reason: Nullable(Closed({ code: Type.String(), message: Type.String() })),
  url: Nullable(
    Type.String({ description: "Its own address, to be passed on by hand; null when it leads nowhere" }),
  ),
  referee_id: Nullable(Type.String()),
  mails: Type.Integer(),
  actions: Closed({
    send: ActionAnswer,
    resend: ActionAnswer,
    remind: ActionAnswer,
    edit: ActionAnswer,
    cancel: ActionAnswer,
  }),
  scheduled_at: Nullable(Type.String()),
  expires_at: Type.String(),
  remind_at: Nullable(Type.String()),
  mailed_at: Nullable(Type.String()),
  reminded_at: Nullable(Type.String()),
  sent_at: Nullable(Type.String()),
  delivered_at: Nullable(Type.String()),
  clicked_at: Nullable(Type.String()),
  joined_at: Nullable(Type.String()),
  ended_at: Nullable(Type.String()),
  created_at: Type.String(),
  changed_at: Type.String(),
});

export const InvitationList = ListOf(InvitationAnswer);
export const InvitationsAnswer = Closed({ data: Type.Array(InvitationAnswer) });

const Count = Type.Integer();
export const SummaryAnswer = Closed({
  counts: Closed({
    ...{ draft: Count, scheduled: Count, queued: Count, sent: Count, delivered: Count, clicked: Count },
    ...{ joined: Count, bounced: Count, expired: Count, cancelled: Count, suppressed: Count },
  }),
  limits: Nullable(
    Closed(
      {
        per_day: Count,
        left_today: Count,
        pending_max: Count,
        left_pending: Count,
        until: Type.String({ description: "When the next day begins" }),
        is_new: Type.Boolean({
          description: "Few a day until the address is confirmed or a friend has qualified",
        }),
      },
      { description: "What one member may still send" },
    ),
  ),
  expires_days: Count,
  mails_to_europe: Type.Boolean(),
  mails_are_sent: Type.Boolean({
    description: "false: no mail server is configured; links are copied and passed on by hand",
  }),
});

const limit = (maximum: number, description: string) => Type.Integer({ minimum: 1, maximum, description });

const TERMS = {
  mails_to_europe: Type.Boolean({
    description:
      "Mail people in the European Union for members. There the program is the sender: a mail without the friend's own consent can be unlawful advertising",
  }),
  reminders_to_europe: Type.Boolean(),
  reminder_days: Nullable(limit(60, "Days after which one reminder goes out by itself; null: none does")),
  expires_days: limit(365, "Days an invitation holds"),
  per_member_day: limit(1_000, "Invitations a member may send in a day"),
  per_member_pending: limit(10_000, "Invitations of a member that may be on their way"),
  per_new_member_day: limit(1_000, "The same in a day, for a member of whom nothing is known yet"),
  per_program_day: limit(1_000_000, "Invitations of the whole program in a day"),
  per_network_day: limit(100_000, "Invitations in a day from one network (/24, /48)"),
};

export const TermsAnswer = Closed(TERMS);
export const TermsPatch = Type.Partial(Closed(TERMS), { additionalProperties: false, minProperties: 1 });

export type InvitationAnswer = Static<typeof InvitationAnswer>;
export type SummaryAnswer = Static<typeof SummaryAnswer>;
export type TermsAnswer = Static<typeof TermsAnswer>;
export type PeopleAnswer = Static<typeof PeopleAnswer>;
export type PreviewAnswer = Static<typeof PreviewAnswer>;
