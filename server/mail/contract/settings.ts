import { type Static, Type } from "typebox";
import { Closed, Nullable, OneOf, Text } from "../../primitives/wire.ts";

const Address = Type.String({ minLength: 3, maxLength: 320 });
const PerMinute = Type.Integer({ minimum: 1, maximum: 1_000_000 });

export const MailSettingsPatch = Closed(
  {
    from_name: Type.Optional(Nullable(Text(80))),
    from_address: Type.Optional(Nullable(Address)),
    reply_to: Type.Optional(Nullable(Address)),
    postal_address: Type.Optional(Nullable(Text(300))),
    mails_per_minute: Type.Optional(Nullable(PerMinute)),
    domain_mails_per_minute: Type.Optional(Nullable(PerMinute)),
  },
  { minProperties: 1 },
);

export const MailSettingsAnswer = Closed({
  from_name: Nullable(Type.String({ description: "Null: the program's name" })),
  from_address: Nullable(Type.String({ description: "Null: no-reply at this installation's host" })),
  reply_to: Nullable(Type.String()),
  postal_address: Nullable(Type.String({ description: "At the end of every mail" })),
  mails_per_minute: Nullable(Type.Integer({ description: "Null: 3,000" })),
  domain_mails_per_minute: Nullable(Type.Integer({ description: "To one domain. Null: 600" })),
  sender: Closed({ name: Type.String(), address: Type.String() }, { description: "What mailboxes show" }),
  server: Closed({
    is_configured: Type.Boolean({
      description: "Whether SMTP_URL is set; without it mails wait in the outbox",
    }),
    host: Nullable(Type.String()),
    accepted_at: Nullable(Type.String({ description: "When it last took a mail" })),
    failed_at: Nullable(Type.String()),
    failure: Nullable(
      Type.String({ description: "Why it could not be reached, the last time it could not" }),
    ),
  }),
  outbox: Closed({
    waiting: Type.Integer(),
    kept: Type.Integer({
      description: "Of those, how many have waited so long that they are sent by hand only",
    }),
    sent_30d: Type.Integer(),
    bounced_30d: Type.Integer({ description: "Bounced or marked as spam" }),
  }),
});

export const DnsQuery = Closed({
  dkim_selector: Type.Optional(
    Type.String({ pattern: "^[A-Za-z0-9._-]{1,63}$", description: "As your mail provider names it" }),
  ),
});
const DnsCheckAnswer = Closed({
  name: OneOf(["spf", "dkim", "dmarc"]),
  state: OneOf(["ok", "missing", "weak", "unknown"]),
  found: Nullable(Type.String()),
  text: Type.String({ description: "What it means, and what to do" }),
  record: Nullable(Closed({ type: Type.String(), name: Type.String(), value: Type.String() })),
});
export const DnsAnswer = Closed({ domain: Type.String(), data: Type.Array(DnsCheckAnswer) });

export type MailSettingsAnswer = Static<typeof MailSettingsAnswer>;
export type DnsAnswer = Static<typeof DnsAnswer>;
