import { type Static, Type } from "typebox";
import { Closed, IdText, Instant, ListOf, Nullable, OneOf, PageQuery } from "../../primitives/wire.ts";

const Email = Type.String({ minLength: 3, maxLength: 320, description: "One address" });

export const SuppressionParams = Closed({ suppression: IdText });
export const SuppressionsQuery = Closed({
  ...PageQuery,
  email: Type.Optional(Type.String({ maxLength: 320, description: "Only what is kept about this address" })),
});
export const NewSuppression = Closed({
  email: Email,
  scope: Type.Optional(
    OneOf(["all", "optional", "invitations"], {
      description: "All mail (default), all that was not asked for just now, or invitations only",
    }),
  ),
});
export const SuppressionAnswer = Closed({
  id: Type.String(),
  email: Nullable(
    Type.String({
      description: "Only a keyed hash is kept; the address is shown while a mail still knows it",
    }),
  ),
  scope: OneOf(["all", "optional", "invitations", "inviter", "message"]),
  inviter_id: Nullable(Type.String()),
  message: Nullable(Type.String()),
  reason: OneOf(["bounced", "complained", "unsubscribed", "manual"]),
  created_at: Type.String(),
});
export const SuppressionList = ListOf(SuppressionAnswer);

export const NewMailReport = Closed({
  type: OneOf(["delivered", "bounced", "complained"]),
  message_id: Type.Optional(
    Type.String({ maxLength: 400, description: "The Message-ID of the mail, or its id here (mal_…)" }),
  ),
  recipient: Type.Optional(Email),
  is_permanent: Type.Optional(
    Type.Boolean({ description: "Of a bounce: false where the mailbox may work again later", default: true }),
  ),
  detail: Type.Optional(Type.String({ maxLength: 1_000, description: "What the other server said" })),
  at: Type.Optional(Instant),
});
export const MailReportAnswer = Closed({
  mail_id: Nullable(Type.String()),
  applied: Type.Boolean({
    description: "False where it was known, or says nothing about any mail or address",
  }),
});
export const RawReport = Type.String({
  minLength: 1,
  description: "The whole mail as it came back (RFC 822)",
});
export const RawReportAnswer = Closed({
  found: Type.Integer({ description: "How many reports were in it" }),
  applied: Type.Integer({ description: "How many of them changed something" }),
});

export type SuppressionAnswer = Static<typeof SuppressionAnswer>;
