import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/**
 * Who runs PostgreSQL, which refuses to run as root.
 * self: we are an ordinary user. user: root, dropping to an unprivileged account. namespace: a root that may not
 * change its user (a sandbox, a container without the capability) and wears another number in a room of its own.
 */
export type Account =
  | { kind: "self" }
  | { kind: "user"; uid: number; gid: number }
  | { kind: "namespace"; unshare: string[] };

/** A dedicated account when the operator made one; the others exist on practically every system. */
const ACCOUNT_NAMES = ["referralhub", "postgres", "nobody"];
const ADVICE = "run ReferralHub as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own";

/** Picks an account that works here, now; a folder that already holds a database keeps its owner. */
export function chooseAccount(folder: string): Account {
  const owner = ownerOf(folder);
  if (process.getuid?.() !== 0) return requireOwnFolder(folder, owner);
  if (process.platform !== "linux") throw new Error(`PostgreSQL refuses to run as root: ${ADVICE}`);
  const kept = owner && owner.uid !== 0 ? [{ kind: "user" as const, ...owner }] : [];
  for (const account of [...kept, ...usersByName()]) if (canBecome(account)) return account;
  const namespace = findNamespace();
  if (namespace) return namespace;
  throw new Error(`PostgreSQL refuses to run as root, and this root can become nobody else: ${ADVICE}`);
}

/** Making a database also wants the account to have a name, which the user of a container often has not. */
export function chooseCreator(folder: string): Account {
  const account = chooseAccount(folder);
  if (account.kind !== "self" || hasName()) return account;
  return findNamespace() ?? account;
}

/** Hands a folder and all it holds to the account; moving between machines and strategies stays possible. */
export function giveTo(account: Account, folder: string): void {
  if (account.kind === "self" || process.getuid?.() !== 0) return;
  const { uid, gid } = account.kind === "user" ? account : { uid: 0, gid: 0 };
  if (fs.lstatSync(folder).uid === uid) return;
  // The folder itself last: its owner is what says that everything inside has been handed over.
  const inside = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  for (const name of inside) fs.lchownSync(path.join(folder, name), uid, gid);
  fs.lchownSync(folder, uid, gid);
}

function requireOwnFolder(folder: string, owner: Owner | null): Account {
  const uid = process.getuid?.();
  if (owner && uid !== undefined && owner.uid !== uid) {
    throw new Error(
      `${folder} belongs to user number ${owner.uid} and we run as ${uid}: start as that user or as root, ` +
        "or choose another folder with REFERRALHUB_DATA",
    );
  }
  return { kind: "self" };
}

function hasName(): boolean {
  try {
    return os.userInfo().username !== "";
  } catch {
    return false;
  }
}

function findNamespace(): Account | null {
  for (const { uid, gid } of usersByName()) {
    const unshare = ["--user", `--map-user=${uid}`, `--map-group=${gid}`, "--"];
    if (spawnSync("unshare", [...unshare, "true"]).status === 0) return { kind: "namespace", unshare };
  }
  return null;
}

type Owner = { uid: number; gid: number };

function ownerOf(folder: string): Owner | null {
  const stat = fs.statSync(folder, { throwIfNoEntry: false });
  return stat ? { uid: stat.uid, gid: stat.gid } : null;
}

function usersByName(): (Owner & { kind: "user" })[] {
  const rows = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  const fields = rows.map((row) => row.split(":"));
  return ACCOUNT_NAMES.flatMap((wanted) => {
    const [name, , uid, gid] = fields.find((row) => row[0] === wanted) ?? [];
    return name ? [{ kind: "user" as const, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

function canBecome(account: Owner): boolean {
  return spawnSync("/bin/sh", ["-c", ":"], { cwd: "/", uid: account.uid, gid: account.gid }).status === 0;
}
