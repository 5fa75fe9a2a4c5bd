#!/usr/bin/env node
// Makes dist/ from server/ and dashboard/, each only when something it is made from has changed.
import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.dirname(import.meta.dirname);
const dist = path.join(root, "dist");
/** Open browser tabs may still ask for the pieces of an earlier build. */
const OLD_FILES_DAYS_MAX = 7;

export const serverOptions = {
  absWorkingDir: root,
  entryPoints: { main: "server/main.ts" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  sourcemap: true,
};

/** What runs in other people's pages and servers: one file each, without dependencies. */
const CAPTURE = "sdk/capture/capture.ts";
const MIDDLEWARE = {
  "referrals-express": "sdk/server/express.ts",
  "referrals-fastify": "sdk/server/fastify.ts",
  "referrals-hono": "sdk/server/hono.ts",
  "referrals-web": "sdk/server/web.ts",
};

const parts = [
  {
    name: "sdk",
    result: path.join(dist, "sdk/capture.js"),
    source: path.join(root, CAPTURE),
    inputs: ["sdk", "package-lock.json", "tools/build.mjs"],
    isInput: () => true,
    build: buildSdk,
  },
  {
    name: "server",
    result: path.join(dist, "server/main.js"),
    source: path.join(root, "server/main.ts"),
    inputs: ["server", "database", "package-lock.json", "tsconfig.json", "tools/build.mjs"],
    isInput: () => true,
    build: buildServer,
  },
  {
    name: "dashboard",
    result: path.join(dist, "dashboard/index.html"),
    source: path.join(root, "dashboard/main.tsx"),
    inputs: [
      "dashboard",
      "sdk",
      "server",
      "package-lock.json",
      "tsconfig.json",
      "vite.config.ts",
      "tools/build.mjs",
    ],
    // Of the server, the dashboard takes the wire shapes and the values they are made of.
    isInput: (file) => !/^server\//.test(file) || /^server\/(primitives\/|.*\/contract\.ts$)/.test(file),
    build: buildDashboard,
  },
];

/** Builds in a process of its own when something is stale, so that a server started next stays small. */
export function buildWhenStale() {
  const stale = parts.filter((part) => !isFresh(part)).map((part) => part.name);
  if (stale.length === 0) return;
  process.stderr.write(`building ${stale.join(" and ")} …\n`);
  // Everything to stderr: a command's standard output belongs to its result.
  const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** For whoever writes into dist/ without this file: the next start must not believe the old stamps. */
export function forgetBuilds() {
  for (const part of parts) fs.rmSync(stampOf(part), { force: true });
}

function isFresh(part) {
  // An installation without sources, or without the tools to build them, runs what it was given.
  if (!fs.existsSync(part.source)) return true;
  if (!fs.existsSync(part.result)) return false;
  if (!fs.existsSync(path.join(root, "node_modules/esbuild"))) return true;
  return readStamp(part) === fingerprint(part);
}

/** Names, sizes and times instead of contents: a few milliseconds for the whole tree. */
function fingerprint(part) {
  const hash = createHash("sha256");
  for (const file of part.inputs.flatMap(listFiles).filter(part.isInput)) {
    const { size, mtimeMs } = fs.statSync(path.join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}

function listFiles(input) {
  const place = path.join(root, input);
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  if (!stat) return [];
  if (stat.isFile()) return [input];
  return fs
    .readdirSync(place, { withFileTypes: true })
    .filter((entry) => !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) => listFiles(`${input}/${entry.name}`))
    .sort();
}

const stampOf = (part) => path.join(dist, `.${part.name}-stamp`);
const readStamp = (part) => (fs.existsSync(stampOf(part)) ? fs.readFileSync(stampOf(part), "utf8") : null);

async function buildPart(part) {
  // Taken before: what changes while we build makes the next start build again.
  const stamp = fingerprint(part);
  const made = path.join(dist, `.new-${randomBytes(6).toString("hex")}`);
  try {
    await part.build(made);
    moveInto(made, path.dirname(part.result), path.basename(part.result));
    removeOldFiles(path.dirname(part.result));
    fs.writeFileSync(`${made}.stamp`, stamp);
    fs.renameSync(`${made}.stamp`, stampOf(part));
  } finally {
    fs.rmSync(made, { recursive: true, force: true });
  }
}

/** Faces for the pictures the server draws; the packages they come from are not needed to run. */
const FACES = [
  "@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  "@fontsource-variable/instrument-sans/files/instrument-sans-latin-ext-wght-normal.woff2",
  "@fontsource/newsreader/files/newsreader-latin-400-normal.woff2",
  "@fontsource/newsreader/files/newsreader-latin-ext-400-normal.woff2",
  "@fontsource/noto-sans-devanagari/files/noto-sans-devanagari-devanagari-400-normal.woff2",
];

async function buildServer(folder) {
  const { build } = await import("esbuild");
  await build({ ...serverOptions, outdir: folder, logLevel: "warning" });
  fs.mkdirSync(path.join(folder, "fonts"), { recursive: true });
  for (const face of FACES)
    fs.copyFileSync(path.join(root, "node_modules", face), path.join(folder, "fonts", path.basename(face)));
}

async function buildSdk(folder) {
  const { build } = await import("esbuild");
  const common = { absWorkingDir: root, bundle: true, outdir: folder, logLevel: "warning" };
  await build({
    ...common,
    entryPoints: { capture: CAPTURE },
    format: "iife",
    minify: true,
    platform: "browser",
    target: "es2020",
  });
  await build({ ...common, entryPoints: MIDDLEWARE, format: "esm", platform: "neutral", target: "es2022" });
}

async function buildDashboard(folder) {
  const { build } = await import("vite");
  await build({
    configFile: path.join(root, "vite.config.ts"),
    logLevel: "warn",
    build: { outDir: folder, emptyOutDir: true },
  });
}

/** File by file and the entry last, so that a server or a start beside us never meets half a build. */
function moveInto(from, to, entry) {
  const files = fs
    .readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile());
  const names = files.map((file) => path.relative(from, path.join(file.parentPath, file.name)));
  for (const name of [...names.filter((name) => name !== entry), entry]) {
    fs.mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    fs.renameSync(path.join(from, name), path.join(to, name));
    const now = new Date();
    fs.utimesSync(path.join(to, name), now, now);
  }
}

function removeOldFiles(folder) {
  const oldest = Date.now() - OLD_FILES_DAYS_MAX * 86_400_000;
  for (const file of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const place = path.join(file.parentPath, file.name);
    if (file.isFile() && fs.statSync(place).mtimeMs < oldest) fs.rmSync(place, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  fs.mkdirSync(dist, { recursive: true });
  await Promise.all(parts.filter((part) => !isFresh(part)).map(buildPart));
}
