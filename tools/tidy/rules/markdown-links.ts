import path from "node:path";
import type { Finding, Rule } from "../house.ts";

/** `[text](target)`, and pictures; a title after the target is allowed. */
const LINK = /\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g;

/** Documents lead to files and headings that exist. */
export const markdownLinks: Rule = {
  name: "every Markdown link resolves",
  check: ({ files }) => {
    const findings: Finding[] = [];
    const folders = new Set([...files.keys()].flatMap(foldersOf));
    for (const [file, text] of files) {
      if (!file.endsWith(".md")) continue;
      withoutCode(text)
        .split("\n")
        .forEach((line, index) => {
          for (const [, target = ""] of line.matchAll(LINK)) {
            if (/^[a-z]+:/.test(target)) continue;
            const [name = "", heading] = target.split("#");
            const full =
              name === "" ? file : path.posix.join(path.posix.dirname(file), name).replace(/\/$/, "");
            if (!files.has(full) && !folders.has(full))
              findings.push({ file, line: index + 1, message: `${target} is not there` });
            else if (heading && !headingsOf(files.get(full) ?? "").has(heading))
              findings.push({ file, line: index + 1, message: `${target} has no such heading` });
          }
        });
    }
    return findings;
  },
};

function foldersOf(file: string): string[] {
  const parts = file.split("/").slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** Blank lines in place of fenced blocks, so that line numbers stay. */
function withoutCode(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, "")).replace(/`[^`\n]*`/g, "");
}

/** The anchors a reader of the repository's pages can jump to. */
function headingsOf(text: string): Set<string> {
  const titles = [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = ""]) => title);
  return new Set(
    titles.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
