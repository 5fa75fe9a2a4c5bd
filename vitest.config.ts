import { defineConfig } from "vitest/config";

const JOURNEY_MS_MAX = 120_000;
const UNIT_MS_MAX = 20_000;
const unit = { testTimeout: UNIT_MS_MAX, hookTimeout: UNIT_MS_MAX, sequence: { groupOrder: 1 } };

export default defineConfig({
  test: {
    globalSetup: ["tests/support/database-global.ts"],
    projects: [
      {
        test: {
          name: "server",
          include: ["server", "sdk", "tools", "database"].map((room) => `${room}/**/*.test.ts`),
          ...unit,
        },
      },
      {
        // With the aliases that the browser's bundle is made with.
        extends: "./vite.config.ts",
        test: { name: "dashboard", include: ["dashboard/**/*.test.{ts,tsx}"], ...unit },
      },
      {
        test: {
          name: "journeys",
          include: ["tests/**/*.test.ts"],
          testTimeout: JOURNEY_MS_MAX,
          hookTimeout: JOURNEY_MS_MAX,
          // After the quick ones: a journey brings a server and a browser of its own.
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
