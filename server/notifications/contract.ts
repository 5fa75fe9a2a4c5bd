import { type Static, Type } from "typebox";
import { Closed, IdText, ListOf, MoneySchema, Nullable, OneOf, PageQuery } from "../primitives/wire.ts";

const NOTIFICATIONS_READ_MAX = 200;

const TopicSchema = OneOf(
  [
    "earnings",
    "network_earnings",
    "available",
    "rewards",
    "corrections",
    "milestones",
    "friends",
    "progress",
    "invitations",
    "links",
    "promotions",
    "expiry",
    "statements",
    "account",
  ],
  { description: "What people choose by" },
);
const PaceSchema = OneOf(["immediate", "daily", "weekly", "off"], {
  description: "At once, with the digest of the day or of the week, or not at all",
});
const LanguageSchema = OneOf(["en", "hi"]);
const Clock = Type.String({
  pattern: "^([01]\\d|2[0-3]):[0-5]\\d$",
  description: "A time of day, such as 22:00",
});
const QuietHours = Closed(
  { from: Clock, to: Clock },
  { description: "No mail is sent from the one until the other, by the clocks where the person lives" },
);
const ParticipantRef = Type.String({
  minLength: 1,
  maxLength: 210,
  description: "Whose; a participant's id or ext:{external_id}. Participants see their own without it",
});

export const NotificationAnswer = Closed({
  id: Type.String(),
  topic: TopicSchema,
  message: Type.String({ description: "Which message it is" }),
  language: LanguageSchema,
  title: Type.String(),
  text: Type.String(),
  url: Nullable(Type.String({ description: "The page it is about" })),
  amount: Nullable(MoneySchema),
  count: Type.Integer({ description: "How often it happened within some minutes" }),
  read: Type.Boolean(),
  created_at: Type.String(),
});

export const NotificationsQuery = Closed({
  limit: PageQuery.limit,
  after: PageQuery.after,
  before: PageQuery.before,
  participant_id: Type.Optional(ParticipantRef),
  unread: Type.Optional(Type.Boolean({ description: "Only those that are not read" })),
  topic: Type.Optional(
    Type.String({ maxLength: 300, description: "Only these topics, separated by commas" }),
  ),
});

export const NotificationList = Closed({
  ...ListOf(NotificationAnswer).properties,
  unread_count: Type.Integer(),
});

export const ReadNotifications = Closed({
  participant_id: Type.Optional(ParticipantRef),
  ids: Type.Optional(
    Type.Array(IdText, {
      minItems: 1,
      maxItems: NOTIFICATIONS_READ_MAX,
      description: "Which; all of them where it is left out",
    }),
  ),
});
export const ReadAnswer = Closed({ unread_count: Type.Integer() });

export const PreferencesQuery = Closed({ participant_id: Type.Optional(ParticipantRef) });

const ChoiceFields = { in_app: Type.Boolean(), email: PaceSchema };

export const PreferencesAnswer = Closed({
  participant_id: Type.String(),
  language: LanguageSchema,
  email: Type.String({ description: "Where mails go" }),
  email_state: OneOf(["ok", "bounced", "stopped"], {
    description: "bounced: the address does not take our mail; stopped: the person asked for no more of it",
  }),
  time_zone: Type.String(),
  time_zone_is_own: Type.Boolean({ description: "False where it is the program's" }),
  quiet_hours: Nullable(QuietHours),
  topics: Type.Array(
    Closed({
      topic: TopicSchema,
      title: Type.String(),
      text: Type.String(),
      ...ChoiceFields,
      email_default: PaceSchema,
    }),
  ),
});

export const NewPreferences = Closed(
  {
    participant_id: Type.Optional(ParticipantRef),
    language: Type.Optional(LanguageSchema),
    time_zone: Type.Optional(
      Nullable(Type.String({ minLength: 1, maxLength: 64, description: "IANA name; null: the program's" })),
    ),
    quiet_hours: Type.Optional(Nullable(QuietHours)),
    topics: Type.Optional(
      Type.Array(Closed({ topic: TopicSchema, ...ChoiceFields }), {
        maxItems: 20,
        description: "What is left out stays as it was",
      }),
    ),
  },
  { minProperties: 1 },
);

export type NotificationAnswer = Static<typeof NotificationAnswer>;
export type NotificationList = Static<typeof NotificationList>;
export type PreferencesAnswer = Static<typeof PreferencesAnswer>;
export type NewPreferences = Static<typeof NewPreferences>;
