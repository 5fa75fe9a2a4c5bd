import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

it("tells of a database's error without the values of rows", () => {
  const program = `
    import { createLog } from ${JSON.stringify(import.meta.resolve("./log.ts"))};
    const values = { detail: "Key (email)=(canary@example.com)", where: "JSON data: canary" };
    const error = Object.assign(new Error("duplicate key"), { code: "23505", ...values });
    createLog("info").error({ error }, "a request failed");
    createLog("info").error({ error: new AggregateError([error]) }, "a round failed");`;
  const node = ["--import", "tsx", "--input-type=module", "--eval", program];
  const lines = execFileSync(process.execPath, node, { encoding: "utf8" });
  expect(lines.match(/duplicate key/g)?.length).toBeGreaterThan(1);
  expect(lines).toContain("23505");
  expect(lines).not.toContain("canary");
});
