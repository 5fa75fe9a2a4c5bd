// Finds a Chromium for the journeys, installing one when the machine has none.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { root } from "./build.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APPLICATIONS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
const INSTALL_MS_MAX = 600_000;

/** The path of a Chromium that starts. Throws with what to do when there is none and none can be had. */
export async function ensureChromium() {
  const found = await findChromium();
  if (found) return found;
  process.stderr.write("no Chromium found; installing one for the journeys …\n");
  const tried = [];
  for (const [command, ...args] of installers()) {
    const options = { cwd: root, stdio: ["ignore", 2, 2], timeout: INSTALL_MS_MAX };
    const { status } = spawnSync(command, args, options);
    tried.push(
      `${[command, ...args].join(" ")} (${status === 0 ? "done, but it does not start" : "failed"})`,
    );
    const installed = status === 0 ? await findChromium() : null;
    if (installed) return installed;
  }
  throw new Error(
    `The journeys need a Chromium and none could be installed. Tried: ${tried.join("; ")}. ` +
      "Install Chromium or Chrome so that it is in PATH, or set CHROMIUM_PATH to it.",
  );
}

async function findChromium() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const { chromium } = await import("playwright-core");
  const candidates = [
    process.env.CHROMIUM_PATH,
    ...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...APPLICATIONS,
    chromium.executablePath(),
  ];
  return candidates.find((file) => file && fs.existsSync(file) && starts(file)) ?? null;
}

/** A downloaded Chromium may lack the system's libraries, and only running it tells. */
function starts(file) {
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 30_000 }).status === 0;
}

function installers() {
  const playwright = path.join(root, "node_modules/playwright-core/cli.js");
  const isRootOnDebian = process.getuid?.() === 0 && fs.existsSync("/etc/debian_version");
  const apt = [
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"],
  ];
  return [[process.execPath, playwright, "install", "chromium"], ...(isRootOnDebian ? apt : [])];
}
