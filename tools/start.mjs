#!/usr/bin/env node
// Builds what is stale and becomes the server: same process, so that signals go straight to it.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildWhenStale, root } from "./build.mjs";

const PARENT_LOOK_MS = 250;

buildWhenStale();
process.env.NODE_ENV ??= "production";
process.setSourceMapsEnabled(true);
const main = path.join(root, "dist/server/main.js");
process.argv[1] = main;
stopWithParent();
await import(pathToFileURL(main).href);

/** npm killed outright takes nobody with it; a server nobody sees any more would keep the port. */
function stopWithParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, PARENT_LOOK_MS);
  timer.unref();
}
