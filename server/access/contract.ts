import { type Static, Type } from "typebox";
import { Closed, Instant, ListOf, Nullable, OneOf, PageQuery, Text } from "../primitives/wire.ts";

const ROLES = ["owner", "admin", "marketer", "finance", "reviewer", "developer", "viewer"] as const;
const SCOPES = ["read", "write", "capture"] as const;

/** What better-auth takes for an address when somebody signs in. */
export const EmailText = Type.String({
  maxLength: 254,
  pattern:
    "^(?!\\.)(?!.*\\.\\.)[A-Za-z0-9_'+\\-.]*[A-Za-z0-9_+-]@([A-Za-z0-9][A-Za-z0-9-]*\\.)+[A-Za-z]{2,}$",
  description: "an e-mail address",
});
const NewPassword = Type.String({ minLength: 8, maxLength: 128, description: "8 to 128 characters" });
const AnyPassword = Type.String({ minLength: 1, maxLength: 128 });

export const SetupStatus = Closed({
  needed: Type.Boolean(),
  mail: Type.Boolean({ description: "Whether mails are sent: people can sign in by one" }),
});
export const SetupRequest = Closed({
  token: Text(100),
  email: EmailText,
  password: NewPassword,
  name: Text(100),
});

export const SignInRequest = Closed({ email: EmailText, password: AnyPassword });
export const PasswordRequest = Closed({
  password: NewPassword,
  current_password: Type.Optional(AnyPassword),
});

export const SignInMailRequest = Closed({ email: EmailText });
export const SignInMailAnswer = Closed({
  minutes: Type.Integer({ description: "For how long the link and the code work" }),
});
export const SignInCodeRequest = Closed({
  email: EmailText,
  code: Type.String({ minLength: 1, maxLength: 20, description: "the six digits of the mail" }),
});

const User = Closed({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  has_password: Type.Boolean(),
});
export const SessionAnswer = Closed({
  user: Nullable(User),
  memberships: Type.Array(
    Closed({ program_id: Type.String(), program_name: Type.String(), role: OneOf(ROLES) }),
  ),
  participations: Type.Array(
    Closed({ program_id: Type.String(), program_name: Type.String(), participant_id: Type.String() }),
  ),
});
export type SessionAnswer = Static<typeof SessionAnswer>;

export const ApiKeyRequest = Closed({
  name: Text(100),
  scopes: Type.Array(OneOf(SCOPES), {
    minItems: 1,
    maxItems: SCOPES.length,
    uniqueItems: true,
    description:
      "`capture` stands alone: such a key may be public, and records visits from your own pages only",
  }),
  livemode: Type.Optional(Type.Boolean()),
});
const apiKeyFields = {
  id: Type.String(),
  name: Type.String(),
  scopes: Type.Array(OneOf(SCOPES)),
  livemode: Type.Boolean(),
  hint: Type.String({ description: "the last characters of the secret" }),
  created_at: Instant,
  last_used_at: Nullable(Instant),
};
export const ApiKeyAnswer = Closed(apiKeyFields);
export const CreatedApiKeyAnswer = Closed({
  ...apiKeyFields,
  secret: Type.String({ description: "shown this once" }),
});
export const ApiKeyList = ListOf(ApiKeyAnswer);
export type ApiKeyAnswer = Static<typeof ApiKeyAnswer>;
export type CreatedApiKeyAnswer = Static<typeof CreatedApiKeyAnswer>;

export const MemberAnswer = Closed({
  user_id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: OneOf(ROLES),
  created_at: Instant,
});
export const MemberList = ListOf(MemberAnswer);
export type MemberAnswer = Static<typeof MemberAnswer>;

const { limit, after, before } = PageQuery;
export const AuditQuery = Closed({ limit, after, before });
export const AuditEntryAnswer = Closed({
  id: Type.String(),
  actor: Closed({ kind: Type.String(), id: Nullable(Type.String()) }),
  operation: Type.String(),
  subject_id: Nullable(Type.String()),
  request_id: Nullable(Type.String()),
  changes: Nullable(Type.Record(Type.String(), Type.Unknown())),
  at: Instant,
});
export const AuditEntryList = ListOf(AuditEntryAnswer);
export type AuditEntryAnswer = Static<typeof AuditEntryAnswer>;

export const PortalQuery = Type.Object({ token: Type.Optional(Type.String({ maxLength: 200 })) });
export const IdParams = Closed({ id: Type.String({ maxLength: 200 }) });
