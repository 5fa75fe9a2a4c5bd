#!/usr/bin/env node
// Builds what is stale and measures it: bench/main.ts.
import { tsImport } from "tsx/esm/api";
import { buildWhenStale } from "./build.mjs";

buildWhenStale();
await tsImport("../bench/main.ts", import.meta.url);
