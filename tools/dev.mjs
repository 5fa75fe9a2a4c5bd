#!/usr/bin/env node
// The same as start, rebuilt and restarted on every change.
import { spawn } from "node:child_process";
import path from "node:path";
import { context } from "esbuild";
import { build as buildDashboard } from "vite";
import { forgetBuilds, root, serverOptions } from "./build.mjs";

const main = path.join(root, "dist/server/main.js");
const args = ["--enable-source-maps", main, ...process.argv.slice(2)];
let server = null;
let isStopping = false;
let turn = Promise.resolve();

/** One restart after another, however fast the changes come. */
function restart() {
  turn = turn.then(async () => {
    await stopServer();
    if (isStopping) return;
    server = spawn(process.execPath, args, {
      cwd: root,
      stdio: "inherit",
      env: { NODE_ENV: "development", ...process.env },
    });
  });
}

function stopServer() {
  const running = server;
  if (!running || running.exitCode !== null || running.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    running.once("exit", resolve);
    running.kill("SIGTERM");
  });
}

forgetBuilds();
const watching = await context({
  ...serverOptions,
  outdir: path.dirname(main),
  logLevel: "warning",
  plugins: [
    {
      name: "restart",
      setup: (build) => build.onEnd((result) => void (result.errors.length === 0 && restart())),
    },
  ],
});
const dashboard = await buildDashboard({
  configFile: path.join(root, "vite.config.ts"),
  logLevel: "warn",
  build: { watch: {}, emptyOutDir: false },
});
await watching.watch();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, async () => {
    isStopping = true;
    await turn;
    await stopServer();
    await watching.dispose();
    await dashboard.close();
    process.exit(0);
  });
}
