import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { beforeAll, describe, expect, it } from "vitest";

/** Compressed kilobytes a browser fetches before the page can act, all chunks it waits for together. */
const BUDGETS_KB = { "pages/advocate/portal.tsx": 70, "pages/operator/console.tsx": 190 };
const OTHER_ROUTE_KB = 60;
const STYLES_KB = 15;
const BUILD_MS = 60_000;

const here = dirname(fileURLToPath(import.meta.url));
type Chunk = {
  file: string;
  name: string;
  source: string | null;
  imports: string[];
  isEntry: boolean;
  bytes: number;
};

let chunks: Map<string, Chunk>;
let styles: number;

beforeAll(async () => {
  const output = await build({
    configFile: join(here, "../vite.config.ts"),
    root: here,
    logLevel: "silent",
    build: { write: false },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  const files = bundle && "output" in bundle ? bundle.output : [];
  chunks = new Map();
  styles = 0;
  for (const file of files) {
    if (file.type === "chunk") {
      const source = file.facadeModuleId ? file.facadeModuleId.slice(here.length + 1) : null;
      const { fileName, name, imports, isEntry } = file;
      chunks.set(fileName, { file: fileName, name, source, imports, isEntry, bytes: compressed(file.code) });
    } else if (file.fileName.endsWith(".css")) styles += compressed(file.source);
  }
}, BUILD_MS);

describe("what a browser has to fetch", () => {
  it.each(Object.entries(BUDGETS_KB))(
    "keeps %s within %d kB with everything it waits for",
    (source, budget) => {
      expect(kilobytes([entry(), chunkOf(source)])).toBeLessThanOrEqual(budget);
    },
  );

  it("keeps every other route within its own budget", () => {
    const base = withImports([entry()]);
    for (const chunk of chunks.values()) {
      if (!chunk.source?.startsWith("pages/")) continue;
      const own = [...withImports([chunk])].filter((part) => !base.has(part));
      const size = own.reduce((sum, part) => sum + part.bytes, 0) / 1_000;
      expect(size, chunk.source).toBeLessThanOrEqual(OTHER_ROUTE_KB);
    }
  });

  it("keeps the style sheet small", () => {
    expect(styles / 1_000).toBeLessThanOrEqual(STYLES_KB);
  });
});

describe("what the page's policy allows", () => {
  const html = readFileSync(join(here, "index.html"), "utf8");

  it("has no inline script, style or handler", () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/i);
    for (const [, attributes, code] of html.matchAll(/<script([^>]*)>([^<]*)/g)) {
      expect(attributes).toContain("src=");
      expect(code).toBe("");
    }
  });

  it("loads nothing from elsewhere", () => {
    const texts = [
      html,
      ...readdirSync(resolve(here, "public")).map((name) => readFileSync(join(here, "public", name), "utf8")),
    ];
    for (const text of texts)
      expect(text.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:\/\//);
  });
});

function entry(): Chunk {
  const found = [...chunks.values()].find(({ isEntry }) => isEntry);
  if (!found) throw new Error("The build has no entry.");
  return found;
}

function chunkOf(source: string): Chunk {
  const found = [...chunks.values()].find((chunk) => chunk.source === source);
  if (!found) throw new Error(`${source} is not a chunk of its own.`);
  return found;
}

function withImports(roots: Chunk[]): Set<Chunk> {
  const seen = new Set<Chunk>();
  const visit = (chunk: Chunk) => {
    if (seen.has(chunk)) return;
    seen.add(chunk);
    for (const file of chunk.imports) {
      const imported = chunks.get(file);
      if (imported) visit(imported);
    }
  };
  for (const chunk of roots) visit(chunk);
  return seen;
}

function kilobytes(roots: Chunk[]): number {
  return [...withImports(roots)].reduce((sum, chunk) => sum + chunk.bytes, 0) / 1_000;
}

function compressed(text: string | Uint8Array): number {
  return gzipSync(text).length;
}
