/** What a member of a program's team does there. */
export type Role = "owner" | "admin" | "marketer" | "finance" | "reviewer" | "developer" | "viewer";

/** What an API key may do. `capture` is for pages in a browser: everybody can read such a key, and all it opens is the record of a visit. */
export type Scope = "read" | "write" | "capture";

export type Membership = { programId: string; role: Role };

/** Who asks. Every request has exactly one. */
export type Actor =
  | KeyActor
  | UserActor
  | ParticipantActor
  | { kind: "visitor" }
  /** The worker, the command line and the demo: code that runs without a request. */
  | { kind: "system" };

export type KeyActor = {
  kind: "key";
  keyId: string;
  programId: string;
  scopes: readonly Scope[];
  livemode: boolean;
};

/** A signed-in person; the program is the one the request chose, null when it chose none. */
export type UserActor = {
  kind: "user";
  userId: string;
  isInstallationOwner: boolean;
  memberships: readonly Membership[];
  programId: string | null;
};

/** A participant on their own screen: signed in (with a user) or through an embed token (without). */
export type ParticipantActor = {
  kind: "participant";
  programId: string;
  participantId: string;
  userId: string | null;
};

/** The program an actor speaks for when the path names none. */
export function programOf(actor: Actor): string | null {
  switch (actor.kind) {
    case "key":
    case "participant":
    case "user":
      return actor.programId;
    case "visitor":
    case "system":
      return null;
  }
}

export function roleIn(actor: UserActor, programId: string): Role | null {
  return actor.memberships.find((membership) => membership.programId === programId)?.role ?? null;
}

/** The id by which logs and the audit name an actor. */
export function actorId(actor: Actor): string | null {
  switch (actor.kind) {
    case "key":
      return actor.keyId;
    case "user":
      return actor.userId;
    case "participant":
      return actor.participantId;
    case "visitor":
    case "system":
      return null;
  }
}
