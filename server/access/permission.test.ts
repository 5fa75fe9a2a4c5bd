import { describe, expect, it } from "vitest";
import type { Actor, Role, Scope } from "./actor.ts";
import { mayReadParticipant, type Operation, ownParticipant, PERMISSIONS, permits } from "./permission.ts";

const OWN = "prg_own";
const FOREIGN = "prg_foreign";
const OPERATIONS = Object.keys(PERMISSIONS) as Operation[];

const member = (role: Role): Actor => ({
  kind: "user",
  userId: "usr_1",
  isInstallationOwner: false,
  memberships: [{ programId: OWN, role }],
  programId: OWN,
});
const key = (...scopes: Scope[]): Actor => ({
  kind: "key",
  keyId: "key_1",
  programId: OWN,
  scopes,
  livemode: true,
});
const stranger: Actor = {
  kind: "user",
  userId: "usr_2",
  isInstallationOwner: false,
  memberships: [],
  programId: null,
};
const participant: Actor = { kind: "participant", programId: OWN, participantId: "par_1", userId: "usr_3" };
const visitor: Actor = { kind: "visitor" };

const ACTORS = {
  owner: member("owner"),
  admin: member("admin"),
  marketer: member("marketer"),
  finance: member("finance"),
  reviewer: member("reviewer"),
  developer: member("developer"),
  viewer: member("viewer"),
  "key-read": key("read"),
  "key-write": key("write"),
  participant,
  stranger,
  visitor,
} satisfies Record<string, Actor>;

/**
 * Who may, written out a second time by hand: o owner, a admin, m marketer, f finance, r reviewer,
 * d developer, v viewer, R key that reads, W key that writes, p participant, s stranger, x visitor.
 */
const EXPECTED: Record<Operation, string> = {
  "setup.read": "oamfrdvRWpsx",
  "setup.complete": "oamfrdvRWpsx",
  "session.create": "oamfrdvRWpsx",
  "session.read": "oamfrdvps",
  "session.delete": "oamfrdvRWpsx",
  "session.send_mail": "oamfrdvRWpsx",
  "session.create_by_code": "oamfrdvRWpsx",
  "session.set_password": "oamfrdvps",
  "programs.create": "o",
  "programs.list": "oamfrdvR",
  "programs.read": "oamfrdvRp",
  "programs.attribution": "oamfrdvR",
  "programs.update": "oaW",
  "programs.signing_key": "oadW",
  "brand.read": "oamfrdvRp",
  "brand.preview": "oamfrdv",
  "brand.colors": "oamfrdvR",
  "brand.update": "oamW",
  "brand.set_logo": "oamW",
  "brand.delete_logo": "oamW",
  "plans.list": "oamfrdvR",
  "plans.read": "oamfrdvR",
  "plans.create": "oamW",
  "plans.update": "oamW",
  "plans.delete": "oamW",
  "plans.diff": "oamfrdvR",
  "plans.publish": "oamW",
  "plans.withdraw": "oamW",
  "plans.rollback": "oamW",
  "plans.lint": "oamfrdvR",
  "plans.lint_document": "oamfrdvR",
  "plans.acknowledge": "oaW",
  "replays.create": "oamfW",
  "replays.list": "oamfrdvR",
  "replays.read": "oamfrdvR",
  "replays.cancel": "oamfW",
  "promotions.list": "oamfrdvR",
  "promotions.read": "oamfrdvR",
  "promotions.launch": "oamW",
  "promotions.end": "oamW",
  "rules.list": "oamfrdvR",
  "plan_templates.list": "oamfrdvR",
  "participants.create": "oamdW",
  "participants.list": "oamfrdvR",
  "participants.read": "oamfrdvRp",
  "participants.update": "oamdWp",
  "participants.suspend": "oarW",
  "participants.reinstate": "oarW",
  "participants.waitlist": "oamfrdvRp",
  "participants.network": "oamfrdvRp",
  "participants.balance": "oamfrdvRp",
  "participants.entries": "oamfrdvRp",
  "participants.statement": "oamfrdvRp",
  "invitations.create": "oamdWp",
  "invitations.check": "oamdWp",
  "invitations.preview": "oamdWp",
  "invitations.list": "oamfrdvRp",
  "invitations.summary": "oamfrdvRp",
  "invitations.read": "oamfrdvRp",
  "invitations.read_preview": "oamfrdvRp",
  "invitations.update": "oamdWp",
  "invitations.send": "oamdWp",
  "invitations.resend": "oamdWp",
  "invitations.remind": "oamdWp",
  "invitations.cancel": "oamdWp",
  "invitation_batches.create": "oamdWp",
  "invitation_batches.list": "oamfrdvRp",
  "invitation_batches.read": "oamfrdvRp",
  "invitation_batches.rows": "oamfrdvRp",
  "invitation_batches.preview": "oamfrdvRp",
  "invitation_batches.result": "oamfrdvRp",
  "invitation_batches.update": "oamdWp",
  "invitation_batches.update_rows": "oamdWp",
  "invitation_batches.send": "oamdWp",
  "invitation_batches.pause": "oamdWp",
  "invitation_batches.resume": "oamdWp",
  "invitation_batches.cancel": "oamdWp",
  "invitation_terms.read": "oamfrdvRp",
  "invitation_terms.update": "oaW",
  "friends.list": "oamfrdvRp",
  "referrals.nudge": "oamdWp",
  "referrals.list": "oamfrdvRp",
  "referrals.trace": "oamfrdvR",
  "referrals.claim": "oamdWp",
  "referrals.reassign": "oarW",
  "reassignments.list": "oamfrdvR",
  "reassignments.approve": "oar",
  "reassignments.reject": "oar",
  "claims.list": "oamfrdvRp",
  "claims.approve": "oarW",
  "claims.reject": "oarW",
  "referrals.read": "oamfrdvR",
  "participants.share": "oamfrdvRp",
  "shares.create": "oamdWp",
  "links.list": "oamfrdvRp",
  "participants.links": "oamfrdvRp",
  "links.read": "oamfrdvRp",
  "links.create": "oamdWp",
  "links.update": "oamdWp",
  "links.renew": "oamdWp",
  "links.pause": "oamdWp",
  "links.resume": "oamdWp",
  "links.disable": "oamdWp",
  "codes.validate": "oamfrdvRp",
  "links.qr": "oamfrdvRp",
  "links.qr_sheet": "oamfrdvRp",
  "clicks.create": "oadW",
  "clicks.preflight": "oamfrdvRWpsx",
  "conversions.create": "oamdW",
  "conversions.bulk": "oamdW",
  "conversions.list": "oamfrdvR",
  "conversions.read": "oamfrdvR",
  "conversions.trace": "oamfrdvRp",
  "refunds.create": "oafdW",
  "exchange_rates.list": "oamfrdvR",
  "exchange_rates.create": "oafW",
  "coupons.list": "oamfrdvRp",
  "coupons.read": "oamfrdvR",
  "coupons.redeem": "oafdW",
  "ledger.trial_balance": "oafdR",
  "entries.list": "oafdR",
  "redemptions.create": "oafdW",
  "redemptions.reverse": "oafdW",
  "redemptions.list": "oamfrdvRp",
  "debts.write_off": "",
  "refunds.list": "oamfrdvR",
  "refunds.read": "oamfrdvR",
  "chargebacks.create": "oafdW",
  "chargebacks.reverse": "oafdW",
  "rewards.list": "oamfrdvRp",
  "messages.list": "oamfrdvR",
  "mails.list": "oamdR",
  "mails.test": "oamdW",
  "suppressions.list": "oamdR",
  "suppressions.create": "oamdW",
  "suppressions.delete": "oamdW",
  "mail_reports.create": "oadW",
  "mail_reports.create_raw": "oadW",
  "mails.read": "oamdR",
  "mails.resend": "oamdW",
  "mail_settings.read": "oamfrdvR",
  "mail_settings.update": "oaW",
  "mail_settings.check": "oamdR",
  "templates.read": "oamfrdvR",
  "templates.update": "oamW",
  "templates.preview": "oamfrdvR",
  "templates.test_send": "oamdW",
  "mails.cancel": "oamdW",
  "notifications.list": "Rp",
  "notifications.read": "Wp",
  "notification_preferences.read": "Rp",
  "notification_preferences.update": "Wp",
  "reports.read": "oamfrdvR",
  "events.list": "oamfrdvR",
  "stream.read": "oamfrdvRp",
  "verify.read": "oafdR",
  "api_keys.list": "oad",
  "api_keys.create": "oad",
  "api_keys.delete": "oad",
  "sign_in_links.create": "oamW",
  "embed_tokens.create": "oadW",
  "members.list": "oamfrdv",
  "audit.list": "oafrR",
  "pages.read": "oamfrdvRWpsx",
  "mails.stop": "oamfrdvRWpsx",
  "links.follow": "oamfrdvRWpsx",
  "welcome.read": "oamfrdvRWpsx",
  "welcome.join": "oamfrdvRWpsx",
  "portal.open": "oamfrdvRWpsx",
  "docs.read": "oamfrdvRWpsx",
  "health.read": "oamfrdvRWpsx",
};
const LETTERS = "oamfrdvRWpsx";

const isForEveryone = (operation: Operation) => EXPECTED[operation].includes("x");
const isWithoutProgram = (operation: Operation) => EXPECTED[operation].includes("s");
const countsAnyProgram = (operation: Operation) =>
  ["programs.create", "programs.list", "rules.list", "plan_templates.list"].includes(operation);

describe("the permission table", () => {
  it.each(OPERATIONS)("lets exactly the expected do %s in their own program", (operation) => {
    const allowed = Object.values(ACTORS)
      .map((actor, index) => (permits(actor, operation) === true ? LETTERS[index] : ""))
      .join("");
    expect(allowed).toBe(EXPECTED[operation]);
  });

  it.each(OPERATIONS)("lets nobody do %s in another program", (operation) => {
    if (isForEveryone(operation) || isWithoutProgram(operation)) return;
    for (const [name, actor] of Object.entries(ACTORS)) {
      const isUser = actor.kind === "user";
      if (isUser && countsAnyProgram(operation)) continue;
      expect(permits(actor, operation, FOREIGN), `${name} ${operation}`).not.toBe(true);
    }
  });

  it("says no to a foreign program as if it did not exist", () => {
    expect(permits(ACTORS.owner, "conversions.read", FOREIGN)).toBe("not_found");
    expect(permits(ACTORS["key-read"], "conversions.read", FOREIGN)).toBe("not_found");
    expect(permits(participant, "participants.read", FOREIGN)).toBe("not_found");
  });

  it("lets a public key record visits and nothing that is not open to everyone", () => {
    const allowed = OPERATIONS.filter((operation) => permits(key("capture"), operation) === true);
    expect(allowed.filter((operation) => !isForEveryone(operation))).toEqual(["clicks.create"]);
  });

  it("names the reason a person can act on", () => {
    expect(permits(visitor, "conversions.list")).toBe("sign_in_required");
    expect(permits(ACTORS.viewer, "conversions.create")).toBe("role_not_sufficient");
    expect(permits(ACTORS["key-read"], "conversions.create")).toBe("scope_not_sufficient");
    expect(permits(ACTORS["key-write"], "api_keys.create")).toBe("not_permitted");
    expect(permits(participant, "conversions.list")).toBe("not_permitted");
    expect(permits({ ...member("owner"), programId: null } as Actor, "conversions.list")).toBe(
      "program_required",
    );
  });

  it("lets the owner of an empty installation create its first program", () => {
    const first: Actor = { ...stranger, isInstallationOwner: true } as Actor;
    expect(permits(first, "programs.create")).toBe(true);
    expect(permits(first, "plan_templates.list")).toBe(true);
    expect(permits(first, "conversions.list", FOREIGN)).toBe("not_found");
  });

  it("narrows a participant to themselves and nobody else", () => {
    expect(ownParticipant(participant)).toBe("par_1");
    expect(ownParticipant(ACTORS.viewer)).toBeNull();
    expect(mayReadParticipant(participant, "par_1")).toBe(true);
    expect(mayReadParticipant(participant, "par_2")).toBe(false);
    expect(mayReadParticipant(ACTORS["key-read"], "par_2")).toBe(true);
  });
});
