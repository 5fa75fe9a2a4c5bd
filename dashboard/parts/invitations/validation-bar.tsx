import type { Batch } from "../../wire.ts";
import { formatCount } from "../money.ts";

/** How many are ready, how many can be mended, how many cannot be sent: lengths beside each other, and their numbers. */
export function ValidationBar({ batch }: { batch: Batch }) {
  const { rows, ready, invited } = batch.counts;
  const out = sumOf(batch, ({ code }) => !MENDABLE.has(code));
  const mendable = sumOf(batch, ({ code }) => MENDABLE.has(code));
  const parts = [
    { word: invited > 0 ? "invited" : "ready", count: ready + invited, fill: "bg-ok" },
    { word: "to correct", count: mendable, fill: "bg-warn" },
    { word: "cannot be sent", count: out, fill: "bg-bad" },
  ].filter(({ count }) => count > 0);
  return (
    <figure className="grid gap-2">
      <figcaption className="text-md font-medium">
        {formatCount(ready + invited)} of {formatCount(rows)} {rows === 1 ? "person" : "people"}{" "}
        {invited > 0 ? "invited" : "can be invited"}
      </figcaption>
      <div aria-hidden="true" className="flex h-3 gap-0.5 overflow-hidden rounded-chip">
        {parts.map(({ word, count, fill }) => (
          <span
            key={word}
            className={fill}
            ref={(part) => part?.style.setProperty("flex-grow", String(count))}
          />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm text-ink-2">
        {parts.map(({ word, count, fill }) => (
          <li key={word} className="inline-flex items-center gap-1.5">
            <span aria-hidden="true" className={`size-2.5 rounded-chip ${fill}`} />
            {formatCount(count)} {word}
          </li>
        ))}
      </ul>
    </figure>
  );
}

const MENDABLE = new Set(["missing_email", "invalid_email", "link_in_text", "text_too_long"]);

function sumOf({ counts }: Batch, wanted: (problem: { code: string }) => boolean): number {
  return counts.problems.filter(wanted).reduce((sum, { rows }) => sum + rows, 0);
}
