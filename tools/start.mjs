#!/usr/bin/env node
// Builds what is stale and becomes the server: same process, so that signals go straight to it.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { buildWhenStale, root } from "./build.mjs";

buildWhenStale();
process.env.NODE_ENV ??= "production";
process.setSourceMapsEnabled(true);
const main = path.join(root, "dist/server/main.js");
process.argv[1] = main;
await import(pathToFileURL(main).href);
