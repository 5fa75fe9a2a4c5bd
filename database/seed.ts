import { createEmbedToken } from "../server/access/create-embed-token.ts";
import { createFirstOwner } from "../server/access/create-first-owner.ts";
import { findParticipant } from "../server/participants/find-participant.ts";
import type { Database } from "../server/platform/database.ts";
import { sqlState } from "../server/platform/database-errors.ts";
import { PasswordHasher } from "../server/platform/password-hasher.ts";
import { newSecret } from "../server/platform/secret.ts";
import { encodeId } from "../server/primitives/id.ts";
import { findProgramIds } from "../server/programs/find-program-ids.ts";
import { STORY_SEED, tellStory } from "./demo/story.ts";
import { type DemoCounts, writeStory } from "./demo/write-story.ts";

export type DemoDeps = {
  db: Database;
  /** Keys the hashes of e-mail and network addresses. */
  hashingKey: string;
};

export type Demo = {
  programId: string;
  /** Null where an earlier run loaded it. */
  loaded: DemoCounts | null;
  /** Null where the installation has an owner already, who owns the demo too. */
  owner: { email: string; password: string } | null;
  /** Opens the home of the advocate who was there first and whose seats are all taken, for an hour. */
  advocate: { participantId: string; name: string; token: string };
};

const CAUSE = { actor: { kind: "system" }, requestId: null } as const;
const OWNER_EMAIL = "owner@demo.example";
const PASSWORD_CHARS = 24;
/** One program, whoever loads it how often: its id is made of the seed number. */
export const DEMO_PROGRAM = encodeId("prg", 0, 0, STORY_SEED);
const ADVOCATE = "ext:cust-1001";
const UNIQUE_VIOLATION = "23505";

/** Loads the demo's program once, all of it or nothing, and opens both sides of it. */
export async function loadDemo({ db, hashingKey }: DemoDeps): Promise<Demo> {
  const loaded = await loadOnce(db, hashingKey);
  const owner = loaded ? await createOwner(db) : null;
  const advocate = await db.write(DEMO_PROGRAM, async (tx) => {
    const { id, name } = await findParticipant(tx, CAUSE.actor, ADVOCATE);
    const { token } = await createEmbedToken(tx, DEMO_PROGRAM, id, CAUSE);
    return { participantId: id, name, token };
  });
  return { programId: DEMO_PROGRAM, loaded, owner, advocate };
}

/** What people read after it was loaded, in the order they need it. */
export function demoText(demo: Demo, url: string): string {
  const { loaded, owner, advocate } = demo;
  const made = loaded
    ? `The demo program "${loaded.program}" is loaded: ${loaded.participants} participants on ${loaded.levels} levels, ` +
      `${loaded.clicks} visits, ${loaded.purchases} purchases, ${loaded.refunds} refunds, ${loaded.rewards} rewards.`
    : "The demo program is loaded already; nothing was changed.";
  const signIn = owner
    ? `As its owner, sign in at ${url}/app/sign-in\n  e-mail    ${owner.email}\n  password  ${owner.password}   (shown this once)`
    : `As its owner, sign in at ${url}/app/sign-in with the installation's owner.`;
  return (
    `${made}\n${signIn}\n` +
    `As ${advocate.name}, who invites friends, open in a private window (works for an hour)\n` +
    `  ${portalUrl(demo, url)}`
  );
}

export function portalUrl({ advocate }: Demo, url: string): string {
  return `${url}/portal?token=${advocate.token}`;
}

async function loadOnce(db: Database, hashingKey: string): Promise<DemoCounts | null> {
  if ((await db.readDirectory(findProgramIds)).includes(DEMO_PROGRAM)) return null;
  try {
    return await db.write(DEMO_PROGRAM, (tx) => writeStory(tx, tellStory(tx.now), hashingKey));
  } catch (error) {
    // Somebody else loaded it at the same time.
    if (sqlState(error) === UNIQUE_VIOLATION) return null;
    throw error;
  }
}

async function createOwner(db: Database): Promise<Demo["owner"]> {
  const password = newSecret().slice(0, PASSWORD_CHARS);
  const passwordHash = await new PasswordHasher().hash(password);
  const owner = { email: OWNER_EMAIL, name: "Demo owner", passwordHash };
  const isOwner = await db.writeDirectory((tx) => createFirstOwner(tx, owner, CAUSE));
  return isOwner ? { email: OWNER_EMAIL, password } : null;
}
