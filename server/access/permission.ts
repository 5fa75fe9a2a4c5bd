import { type Actor, type KeyActor, programOf, type Role, roleIn, type Scope } from "./actor.ts";

type Permission = {
  /** Roles of the program's team that may. */
  roles?: readonly Role[];
  /** The scope an API key of the program needs, or any of several. Absent: no key may. */
  scope?: Scope | readonly Scope[];
  /** Participants may, about themselves only: the door narrows what it reads to `ownParticipant`. */
  self?: true;
  /** Whoever is signed in, in whatever program. */
  signedIn?: true;
  /** Everyone, also without signing in. */
  everyone?: true;
  /** The operation is about no one program, so a role in any of them counts. */
  anyProgram?: true;
};

/** Why not. Each is the code of a problem. */
export type Denial =
  | "sign_in_required"
  | "program_required"
  | "not_found"
  | "role_not_sufficient"
  | "scope_not_sufficient"
  | "not_permitted";

const TEAM = ["owner", "admin", "marketer", "finance", "reviewer", "developer", "viewer"] as const;
const OWNERS = ["owner", "admin"] as const;
const PLANNERS = ["owner", "admin", "marketer"] as const;
const BUILDERS = ["owner", "admin", "developer"] as const;
/** Those who may enter people and purchases by hand. */
const OPERATORS = ["owner", "admin", "marketer", "developer"] as const;
const ACCOUNTANTS = ["owner", "admin", "finance"] as const;
const READERS = ["owner", "admin", "finance", "reviewer"] as const;

/** The one table of who may do what. A door names its operation; an operation not listed here does not exist. */
export const PERMISSIONS = {
  "setup.read": { everyone: true },
  "setup.complete": { everyone: true },
  "session.create": { everyone: true },
  "session.read": { signedIn: true },
  "session.delete": { everyone: true },
  "session.send_mail": { everyone: true },
  "session.create_by_code": { everyone: true },
  "session.set_password": { signedIn: true },

  "programs.create": { roles: ["owner"], anyProgram: true },
  "programs.list": { roles: TEAM, anyProgram: true, scope: "read" },
  "programs.read": { roles: TEAM, scope: "read", self: true },
  "programs.attribution": { roles: TEAM, scope: "read" },
  "programs.update": { roles: OWNERS, scope: "write" },
  "programs.signing_key": { roles: BUILDERS, scope: "write" },

  "brand.read": { roles: TEAM, scope: "read", self: true },
  "brand.preview": { roles: TEAM },
  "brand.colors": { roles: TEAM, scope: "read" },
  "brand.update": { roles: PLANNERS, scope: "write" },
  "brand.set_logo": { roles: PLANNERS, scope: "write" },
  "brand.delete_logo": { roles: PLANNERS, scope: "write" },

  "plans.list": { roles: TEAM, scope: "read" },
  "plans.read": { roles: TEAM, scope: "read" },
  "plans.create": { roles: PLANNERS, scope: "write" },
  "plans.update": { roles: PLANNERS, scope: "write" },
  "plans.delete": { roles: PLANNERS, scope: "write" },
  "plans.diff": { roles: TEAM, scope: "read" },
  "plans.publish": { roles: PLANNERS, scope: "write" },
  "plans.withdraw": { roles: PLANNERS, scope: "write" },
  "plans.rollback": { roles: PLANNERS, scope: "write" },
  "plans.lint": { roles: TEAM, scope: "read" },
  "plans.lint_document": { roles: TEAM, scope: "read" },
  "plans.acknowledge": { roles: OWNERS, scope: "write" },
  "replays.create": { roles: [...PLANNERS, "finance"], scope: "write" },
  "replays.list": { roles: TEAM, scope: "read" },
  "replays.read": { roles: TEAM, scope: "read" },
  "replays.cancel": { roles: [...PLANNERS, "finance"], scope: "write" },
  "promotions.list": { roles: TEAM, scope: "read" },
  "promotions.read": { roles: TEAM, scope: "read" },
  "promotions.launch": { roles: PLANNERS, scope: "write" },
  "promotions.end": { roles: PLANNERS, scope: "write" },
  "rules.list": { roles: TEAM, anyProgram: true, scope: "read" },
  "plan_templates.list": { roles: TEAM, anyProgram: true, scope: "read" },

  "participants.create": { roles: OPERATORS, scope: "write" },
  "participants.list": { roles: TEAM, scope: "read" },
  "participants.read": { roles: TEAM, scope: "read", self: true },
  /** Participants decide for themselves what is said of them to friends and what is sent to them. */
  "participants.update": { roles: OPERATORS, scope: "write", self: true },
  "participants.suspend": { roles: ["owner", "admin", "reviewer"], scope: "write" },
  "participants.reinstate": { roles: ["owner", "admin", "reviewer"], scope: "write" },
  "participants.waitlist": { roles: TEAM, scope: "read", self: true },
  "participants.network": { roles: TEAM, scope: "read", self: true },
  "participants.balance": { roles: TEAM, scope: "read", self: true },
  "participants.entries": { roles: TEAM, scope: "read", self: true },
  "participants.statement": { roles: TEAM, scope: "read", self: true },
  "invitations.create": { roles: OPERATORS, scope: "write", self: true },
  "invitations.check": { roles: OPERATORS, scope: "write", self: true },
  "invitations.preview": { roles: OPERATORS, scope: "write", self: true },
  "invitations.list": { roles: TEAM, scope: "read", self: true },
  "invitations.summary": { roles: TEAM, scope: "read", self: true },
  "invitations.read": { roles: TEAM, scope: "read", self: true },
  "invitations.read_preview": { roles: TEAM, scope: "read", self: true },
  "invitations.update": { roles: OPERATORS, scope: "write", self: true },
  "invitations.send": { roles: OPERATORS, scope: "write", self: true },
  "invitations.resend": { roles: OPERATORS, scope: "write", self: true },
  "invitations.remind": { roles: OPERATORS, scope: "write", self: true },
  "invitations.cancel": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.create": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.list": { roles: TEAM, scope: "read", self: true },
  "invitation_batches.read": { roles: TEAM, scope: "read", self: true },
  "invitation_batches.rows": { roles: TEAM, scope: "read", self: true },
  "invitation_batches.preview": { roles: TEAM, scope: "read", self: true },
  "invitation_batches.result": { roles: TEAM, scope: "read", self: true },
  "invitation_batches.update": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.update_rows": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.send": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.pause": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.resume": { roles: OPERATORS, scope: "write", self: true },
  "invitation_batches.cancel": { roles: OPERATORS, scope: "write", self: true },
  "invitation_terms.read": { roles: TEAM, scope: "read", self: true },
  "invitation_terms.update": { roles: OWNERS, scope: "write" },
  "friends.list": { roles: TEAM, scope: "read", self: true },
  "referrals.nudge": { roles: OPERATORS, scope: "write", self: true },
  "referrals.list": { roles: TEAM, scope: "read", self: true },
  "referrals.trace": { roles: TEAM, scope: "read" },
  "referrals.claim": { roles: OPERATORS, scope: "write", self: true },
  "referrals.reassign": { roles: ["owner", "admin", "reviewer"], scope: "write" },
  "reassignments.list": { roles: TEAM, scope: "read" },
  /** A person only: a key cannot be the second one. */
  "reassignments.approve": { roles: ["owner", "admin", "reviewer"] },
  "reassignments.reject": { roles: ["owner", "admin", "reviewer"] },
  "claims.list": { roles: TEAM, scope: "read", self: true },
  "claims.approve": { roles: ["owner", "admin", "reviewer"], scope: "write" },
  "claims.reject": { roles: ["owner", "admin", "reviewer"], scope: "write" },
  "referrals.read": { roles: TEAM, scope: "read" },
  "participants.share": { roles: TEAM, scope: "read", self: true },
  "shares.create": { roles: OPERATORS, scope: "write", self: true },
  "links.list": { roles: TEAM, scope: "read", self: true },
  "participants.links": { roles: TEAM, scope: "read", self: true },
  "links.read": { roles: TEAM, scope: "read", self: true },
  "links.create": { roles: OPERATORS, scope: "write", self: true },
  "links.update": { roles: OPERATORS, scope: "write", self: true },
  "links.renew": { roles: OPERATORS, scope: "write", self: true },
  "links.pause": { roles: OPERATORS, scope: "write", self: true },
  "links.resume": { roles: OPERATORS, scope: "write", self: true },
  "links.disable": { roles: OPERATORS, scope: "write", self: true },
  "codes.validate": { roles: TEAM, scope: "read", self: true },
  "links.qr": { roles: TEAM, scope: "read", self: true },
  "links.qr_sheet": { roles: TEAM, scope: "read", self: true },
  "clicks.create": { roles: BUILDERS, scope: ["write", "capture"] },
  /** A browser asks whether a page may record visits; the answer is the same for all. */
  "clicks.preflight": { everyone: true },

  "conversions.create": { roles: OPERATORS, scope: "write" },
  "conversions.bulk": { roles: OPERATORS, scope: "write" },
  "conversions.list": { roles: TEAM, scope: "read" },
  "conversions.read": { roles: TEAM, scope: "read" },
  "conversions.trace": { roles: TEAM, scope: "read", self: true },
  "refunds.create": { roles: ["owner", "admin", "finance", "developer"], scope: "write" },
  "exchange_rates.list": { roles: TEAM, scope: "read" },
  "exchange_rates.create": { roles: ACCOUNTANTS, scope: "write" },
  "coupons.list": { roles: TEAM, scope: "read", self: true },
  "coupons.read": { roles: TEAM, scope: "read" },
  "coupons.redeem": { roles: ["owner", "admin", "finance", "developer"], scope: "write" },
  "ledger.trial_balance": { roles: [...ACCOUNTANTS, "developer"], scope: "read" },
  "entries.list": { roles: [...ACCOUNTANTS, "developer"], scope: "read" },
  "redemptions.create": { roles: ["owner", "admin", "finance", "developer"], scope: "write" },
  "redemptions.reverse": { roles: ["owner", "admin", "finance", "developer"], scope: "write" },
  "redemptions.list": { roles: TEAM, scope: "read", self: true },
  /** Done by the clock, as the program says; in the table for its audit entry. */
  "debts.write_off": {},
  "refunds.list": { roles: TEAM, scope: "read" },
  "refunds.read": { roles: TEAM, scope: "read" },
  "chargebacks.create": { roles: ["owner", "admin", "finance", "developer"], scope: "write" },
  "chargebacks.reverse": { roles: ["owner", "admin", "finance", "developer"], scope: "write" },
  "rewards.list": { roles: TEAM, scope: "read", self: true },

  "messages.list": { roles: TEAM, scope: "read" },
  "mails.list": { roles: OPERATORS, scope: "read" },
  "mails.test": { roles: OPERATORS, scope: "write" },
  "suppressions.list": { roles: OPERATORS, scope: "read" },
  "suppressions.create": { roles: OPERATORS, scope: "write" },
  "suppressions.delete": { roles: OPERATORS, scope: "write" },
  "mail_reports.create": { roles: BUILDERS, scope: "write" },
  "mail_reports.create_raw": { roles: BUILDERS, scope: "write" },
  "mails.read": { roles: OPERATORS, scope: "read" },
  "mails.resend": { roles: OPERATORS, scope: "write" },
  "mail_settings.read": { roles: TEAM, scope: "read" },
  "mail_settings.update": { roles: OWNERS, scope: "write" },
  "mail_settings.check": { roles: OPERATORS, scope: "read" },
  "templates.read": { roles: TEAM, scope: "read" },
  "templates.update": { roles: PLANNERS, scope: "write" },
  "templates.preview": { roles: TEAM, scope: "read" },
  "templates.test_send": { roles: OPERATORS, scope: "write" },
  "mails.cancel": { roles: OPERATORS, scope: "write" },

  /** Nobody of the team reads what somebody else was told. */
  "notifications.list": { scope: "read", self: true },
  "notifications.read": { scope: "write", self: true },
  "notification_preferences.read": { scope: "read", self: true },
  "notification_preferences.update": { scope: "write", self: true },

  "reports.read": { roles: TEAM, scope: "read" },
  "events.list": { roles: TEAM, scope: "read" },
  "stream.read": { roles: TEAM, scope: "read", self: true },
  "verify.read": { roles: [...ACCOUNTANTS, "developer"], scope: "read" },

  "api_keys.list": { roles: BUILDERS },
  "api_keys.create": { roles: BUILDERS },
  "api_keys.delete": { roles: BUILDERS },
  "sign_in_links.create": { roles: ["owner", "admin", "marketer"], scope: "write" },
  "embed_tokens.create": { roles: BUILDERS, scope: "write" },
  "members.list": { roles: TEAM },
  "audit.list": { roles: READERS, scope: "read" },

  "pages.read": { everyone: true },
  "links.follow": { everyone: true },
  "mails.stop": { everyone: true },
  "welcome.read": { everyone: true },
  "welcome.join": { everyone: true },
  "portal.open": { everyone: true },
  "docs.read": { everyone: true },
  "health.read": { everyone: true },
} as const satisfies Record<string, Permission>;

export type Operation = keyof typeof PERMISSIONS;

/** Whether the actor may, in the program the path names or, when it names none, in the actor's own. */
export function permits(
  actor: Actor,
  operation: Operation,
  programId: string | null = programOf(actor),
): true | Denial {
  const permission: Permission = PERMISSIONS[operation];
  if (permission.everyone || actor.kind === "system") return true;
  switch (actor.kind) {
    case "visitor":
      return "sign_in_required";
    case "key":
      if (permission.scope === undefined) return "not_permitted";
      if (programId !== actor.programId) return "not_found";
      return hasScope(actor, permission.scope) || "scope_not_sufficient";
    case "participant":
      if (permission.signedIn) return true;
      if (!permission.self) return "not_permitted";
      return programId === actor.programId || "not_found";
    case "user": {
      const { roles } = permission;
      if (permission.signedIn) return true;
      if (roles === undefined) return "not_permitted";
      if (permission.anyProgram) {
        if (actor.isInstallationOwner) return true;
        return actor.memberships.some(({ role }) => roles.includes(role)) || "role_not_sufficient";
      }
      if (programId === null) return "program_required";
      const role = roleIn(actor, programId);
      // A program one does not belong to cannot be told from one that does not exist.
      if (role === null) return "not_found";
      return roles.includes(role) || "role_not_sufficient";
    }
  }
}

const hasScope = ({ scopes }: KeyActor, needed: Scope | readonly Scope[]): boolean =>
  typeof needed === "string" ? scopes.includes(needed) : needed.some((scope) => scopes.includes(scope));

export function isOperation(name: string): name is Operation {
  return Object.hasOwn(PERMISSIONS, name);
}

/** The participant an answer must be narrowed to; null when the actor may see everybody of the program. */
export function ownParticipant(actor: Actor): string | null {
  return actor.kind === "participant" ? actor.participantId : null;
}

/** False when a participant asks about somebody else. */
export function mayReadParticipant(actor: Actor, participantId: string): boolean {
  const own = ownParticipant(actor);
  return own === null || own === participantId;
}
