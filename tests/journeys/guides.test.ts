import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isLike, runGuide, stepsOf } from "../support/guide.ts";
import { type Provisioned, startServer, type TestServer } from "../support/server.ts";

describe("the guides, as a reader would follow them", () => {
  let server: TestServer;
  let program: Provisioned;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startServer();
    program = await server.provision();
    env = {
      PORT: new URL(server.url).port,
      KEY: program.key,
      REFERRALHUB_DATA: server.dataFolder,
      REFERRALHUB_URL: server.url,
      NODE_ENV: "production",
    };
  });
  afterAll(() => server.stop());

  it.each([
    ["docs/guides/integrate.md", "sh"],
    ["docs/guides/integrate.md", "ts"],
    ["docs/guides/self-host.md", "sh"],
    ["docs/guides/attribution.md", "sh"],
    ["docs/guides/links.md", "sh"],
    ["docs/guides/welcome.md", "sh"],
    ["docs/guides/invitations.md", "sh"],
    ["docs/guides/capture.md", "sh"],
    ["docs/guides/notifications.md", "sh"],
    ["docs/guides/capture.md", "ts"],
  ] as const)("%s: every %s block runs and prints what it says", async (file, language) => {
    expect(await runGuide(file, language, env)).toEqual([]);
  });

  it("would notice a block that fails or prints something else", () => {
    const text =
      "```sh run\necho 1\n```\n\n```text output\n1 … 3\n```\n\n```sh\nnot this\n```\n\n```ts run\nx\n```\n";
    expect(stepsOf(text, "sh")).toEqual([{ line: 1, code: "echo 1\n", output: "1 … 3\n" }]);
    expect(stepsOf(text, "ts")).toHaveLength(1);
    expect(isLike("1 2 3\n", "1 … 3\n")).toBe(true);
    expect(isLike("1 2 4\n", "1 … 3\n")).toBe(false);
    expect(isLike("(1) 2 3\n", "1 … 3\n")).toBe(false);
  });
});
