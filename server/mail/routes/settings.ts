import { type AnyDoor, door } from "../../access/door.ts";
import { recordAudit } from "../../access/record-audit.ts";
import type { Reader } from "../../platform/database.ts";
import * as contract from "../contract/settings.ts";
import { domainOf } from "../mail.ts";
import { type MailSettings, NO_SETTINGS, senderOf } from "../mail-settings.ts";
import * as checks from "../sender-check.ts";
import { setMailSettings } from "../set-mail-settings.ts";
import { countOutbox } from "../store/outbox.ts";
import { WAIT_DAYS_MAX } from "../store/sending.ts";
import { readMailServer, readMailSettings } from "../store/settings.ts";
import type { MailDeps } from "./deps.ts";

export const settingsRoutes = (deps: MailDeps): AnyDoor[] => [
  door({
    method: "GET",
    path: "/v1/mail_settings",
    operation: "mail_settings.read",
    limit: "read",
    summary: "How the program's mails present themselves, and how sending goes",
    tag: "Mail",
    schema: { response: { 200: contract.MailSettingsAnswer } },
    handle: async ({ programId }) => ({
      status: 200,
      body: await deps.db.read(programId, (reader) => settingsAnswer(deps, reader)),
    }),
  }),
  door({
    method: "PATCH",
    path: "/v1/mail_settings",
    operation: "mail_settings.update",
    limit: "write",
    summary: "Change the sender, the address at the end of mails, or how many go out in a minute",
    tag: "Mail",
    schema: { body: contract.MailSettingsPatch, response: { 200: contract.MailSettingsAnswer } },
    handle: ({ body, programId, actor, requestId, write }) =>
      write(async (tx) => {
        await setMailSettings(tx, changeOf(body));
        const changes = { fields: Object.keys(body) };
        const operation = "mail_settings.update";
        await recordAudit(tx, [{ actor, operation, subjectId: programId, requestId, changes }]);
        return { status: 200, body: await settingsAnswer(deps, tx) };
      }),
  }),
  door({
    method: "GET",
    path: "/v1/mail_settings/dns",
    operation: "mail_settings.check",
    limit: "write",
    summary: "What the sender's domain says about who may send in its name",
    tag: "Mail",
    schema: { query: contract.DnsQuery, response: { 200: contract.DnsAnswer } },
    handle: async ({ programId, query }) => {
      const { sender } = await deps.db.read(programId, (reader) => settingsAnswer(deps, reader));
      const domain = domainOf(sender.address);
      const selector = query.dkim_selector ?? null;
      const [spf, dkim, dmarc] = await Promise.all([
        deps.findTexts(checks.spfName(domain)),
        selector === null ? null : deps.findTexts(checks.dkimName(domain, selector)),
        deps.findTexts(checks.dmarcName(domain)),
      ]);
      const data = [
        checks.checkSpf(domain, spf),
        checks.checkDkim(domain, selector, dkim),
        checks.checkDmarc(domain, dmarc),
      ];
      return { status: 200, body: { domain, data } };
    },
  }),
];

const FIELDS = {
  from_name: "fromName",
  from_address: "fromAddress",
  reply_to: "replyTo",
  postal_address: "postalAddress",
  mails_per_minute: "mailsPerMinute",
  domain_mails_per_minute: "domainMailsPerMinute",
} as const;

function changeOf(body: Record<string, unknown>): Partial<MailSettings> {
  const named = Object.entries(FIELDS).filter(([field]) => Object.hasOwn(body, field));
  return Object.fromEntries(named.map(([field, name]) => [name, body[field]]));
}

async function settingsAnswer(
  { db, findLook, publicUrl, smtpHost }: MailDeps,
  reader: Reader,
): Promise<contract.MailSettingsAnswer> {
  const settings = (await readMailSettings(reader)) ?? NO_SETTINGS;
  const counts = await countOutbox(reader, WAIT_DAYS_MAX);
  const { program } = await findLook(reader);
  const known = await db.readDirectory(readMailServer);
  const server = known?.host === smtpHost ? known : null;
  return {
    from_name: settings.fromName,
    from_address: settings.fromAddress,
    reply_to: settings.replyTo,
    postal_address: settings.postalAddress,
    mails_per_minute: settings.mailsPerMinute,
    domain_mails_per_minute: settings.domainMailsPerMinute,
    sender: senderOf(settings, { fromName: null }, program, new URL(publicUrl()).hostname),
    server: {
      is_configured: smtpHost !== null,
      host: smtpHost,
      accepted_at: server?.acceptedAt?.toISOString() ?? null,
      failed_at: server?.failedAt?.toISOString() ?? null,
      failure: server?.failure ?? null,
    },
    outbox: {
      waiting: counts.waiting,
      kept: counts.kept,
      sent_30d: counts.sent,
      bounced_30d: counts.bounced,
    },
  };
}
