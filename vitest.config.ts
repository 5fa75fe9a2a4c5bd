import { defineConfig } from "vitest/config";
import { countStoreCalls } from "./tools/store-census.ts";

const JOURNEY_MS_MAX = 120_000;
const UNIT_MS_MAX = 20_000;
const SETUP = ["tests/support/store-census-setup.ts"];
const unit = { testTimeout: UNIT_MS_MAX, hookTimeout: UNIT_MS_MAX, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    globalSetup: ["tests/support/database-global.ts", "tests/support/store-census-global.ts"],
    projects: [
      {
        plugins: [countStoreCalls()],
        test: {
          name: "server",
          setupFiles: SETUP,
          include: ["server", "sdk", "tools", "database", "bench"].map((room) => `${room}/**/*.test.ts`),
          ...unit,
        },
      },
      {
        // With the aliases that the browser's bundle is made with.
        extends: "./vite.config.ts",
        test: { name: "dashboard", include: ["dashboard/**/*.test.{ts,tsx}"], ...unit },
      },
      {
        plugins: [countStoreCalls()],
        test: {
          name: "journeys",
          setupFiles: SETUP,
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/last/**"],
          testTimeout: JOURNEY_MS_MAX,
          hookTimeout: JOURNEY_MS_MAX,
          // After the quick ones: a journey brings a server and a browser of its own.
          sequence: { groupOrder: 2 },
        },
      },
      {
        // What can be said only when all others have run.
        test: { name: "last", include: ["tests/last/**/*.test.ts"], sequence: { groupOrder: 3 } },
      },
    ],
  },
});
