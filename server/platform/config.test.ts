import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { type ConfigError, parseConfig } from "./config.ts";

const root = path.resolve(import.meta.dirname, "../..");

describe("the configuration", () => {
  test("needs nothing", () => {
    expect(parseConfig({}, [])).toMatchObject({
      role: "all",
      host: "127.0.0.1",
      port: 3000,
      databaseUrl: null,
    });
    expect(parseConfig({ PORT: "", DATABASE_URL: "" }, [])).toMatchObject({ port: 3000, databaseUrl: null });
  });

  test("says everything that is wrong at once, each with its variable, and no password", () => {
    const wrong = {
      PORT: "70000",
      REFERRALHUB_POOL_SIZE: "1.5",
      DATABASE_URL: "mysql://me:secret@db",
      REFERRALHUB_URL: "refer.example",
      LOG_LEVEL: "loud",
    };
    let problems: string[] = [];
    try {
      parseConfig(wrong, ["--role", "boss"]);
    } catch (error) {
      problems = (error as ConfigError).problems;
    }
    for (const name of [...Object.keys(wrong), "--role"])
      expect(
        problems.filter((problem) => problem.startsWith(name)),
        name,
      ).toHaveLength(1);
    expect(problems.join()).not.toContain("secret");
  });

  test("is the table of the operator's guide, variable by variable", () => {
    const guide = fs.readFileSync(path.join(root, "docs/guides/operate.md"), "utf8");
    const table = guide.split("## Variables")[1]?.split("\n## ")[0] ?? "";
    const told = [...table.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((row) => row[1]);
    expect(told.toSorted()).toEqual(variables().toSorted());
  });

  test("knows every variable that the container and the composition set", () => {
    const known = variables();
    const image = fs.readFileSync(path.join(root, "Dockerfile"), "utf8");
    const composition = fs.readFileSync(path.join(root, "compose.yaml"), "utf8");
    const app = composition.split("\n  app:\n")[1]?.split("\n  proxy:\n")[0] ?? "";
    const set = [
      ...[...image.matchAll(/^ENV (.*)$/gm)].flatMap((line) => line[1]?.match(/[A-Z_]+(?==)/g) ?? []),
      ...[...app.matchAll(/^ {6}([A-Z_]+):/gm)].map((line) => line[1] ?? ""),
    ].filter((name) => name !== "NODE_ENV");
    expect(set.length).toBeGreaterThan(3);
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
  });
});

/** Whatever the parser asks its environment for. */
function variables(): string[] {
  const asked = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get: (_, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  parseConfig(env, []);
  return [...asked];
}
