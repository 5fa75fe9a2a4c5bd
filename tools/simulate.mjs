#!/usr/bin/env node
// Compares the engine of the money with its model on random histories: tests/simulation/main.ts.
import { tsImport } from "tsx/esm/api";

await tsImport("../tests/simulation/main.ts", import.meta.url);
