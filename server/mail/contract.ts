import { type Static, Type } from "typebox";
import { Closed, IdText, ListOf, Nullable, OneOf, PageQuery } from "../primitives/wire.ts";

const MailStateSchema = OneOf([
  "queued",
  "sending",
  "sent",
  "delivered",
  "bounced",
  "complained",
  "suppressed",
  "failed",
  "cancelled",
]);

export const MailParams = Closed({ mail: IdText });
export const MailsQuery = Closed({
  ...PageQuery,
  state: Type.Optional(MailStateSchema),
  message: Type.Optional(IdText),
  subject_id: Type.Optional(IdText),
});

export const MailAnswer = Closed({
  id: Type.String(),
  message: Type.String({ description: "Which message it is; `GET /v1/messages` lists them" }),
  language: Type.String(),
  to: Nullable(Type.String({ description: "The address; dropped some time after the mail's end" })),
  participant_id: Nullable(Type.String()),
  subject_id: Nullable(Type.String({ description: "What it is about" })),
  state: MailStateSchema,
  detail: Nullable(Type.String({ description: "What the other server said, or why it was not sent" })),
  attempts: Type.Integer(),
  send_at: Type.String(),
  next_attempt_at: Type.String(),
  created_at: Type.String(),
  sent_at: Nullable(Type.String()),
  ended_at: Nullable(Type.String()),
});
export const MailDetail = Closed({
  ...MailAnswer.properties,
  content: Nullable(
    Closed(
      { subject: Type.String(), html: Type.String(), text: Type.String() },
      {
        description: "Null when it was forgotten; what signs somebody in is shown to owners and admins alone",
      },
    ),
  ),
});
export const MailList = ListOf(MailAnswer);

export const TestMail = Closed({
  message: IdText,
  language: Type.Optional(Type.String({ maxLength: 35 })),
  to: Type.Optional(
    Type.String({ maxLength: 320, description: "Where it goes; without it, to whoever is signed in" }),
  ),
});

export const MessageAnswer = Closed({
  name: Type.String(),
  kind: OneOf(["transactional", "notice", "invitation"]),
  title: Type.String({ description: "When it is sent" }),
  languages: Type.Array(Type.String()),
  facts: Type.Array(
    Closed({
      name: Type.String(),
      kind: OneOf(["text", "count", "money", "day", "address"]),
      description: Type.String(),
      is_always_known: Type.Boolean(),
    }),
    { description: "What may stand in its sentences, in braces" },
  ),
});
export const MessageList = Closed({ data: Type.Array(MessageAnswer) });

export type MailAnswer = Static<typeof MailAnswer>;
export type MailDetail = Static<typeof MailDetail>;
export type MessageAnswer = Static<typeof MessageAnswer>;
