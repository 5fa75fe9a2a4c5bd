import { wallWords } from "../../../parts/promotion-sentence.ts";
import { Section } from "../../../ui/page.tsx";
import type { Promotion } from "../../../wire.ts";

const MONTHS_BEFORE = 1;
const MONTHS = 6;
const ROWS_MAX = 12;
/** In percent of the strip: a day is still seen. */
const LEAST = 0.5;

const month = new Intl.DateTimeFormat("en-GB", { month: "short" });

/** Half a year as a strip: a bar for each promotion in it, and where today is. The list below says the same in words. */
export function PromotionCalendar({ promotions }: { promotions: Promotion[] }) {
  const now = new Date();
  const starts = Array.from(
    { length: MONTHS + 1 },
    (_, at) => new Date(now.getFullYear(), now.getMonth() - MONTHS_BEFORE + at, 1),
  );
  const first = starts[0]?.getTime() ?? 0;
  const last = starts.at(-1)?.getTime() ?? 0;
  const place = (at: number) => (Math.min(1, Math.max(0, (at - first) / (last - first))) * 100).toFixed(2);
  const shown = promotions
    .filter(({ starts_at, ends_at }) => Date.parse(ends_at) > first && Date.parse(starts_at) < last)
    .sort((a, b) => a.starts_at.localeCompare(b.starts_at))
    .slice(0, ROWS_MAX);
  if (shown.length === 0) return null;
  return (
    <Section title="Calendar">
      <div className="relative pt-7 pb-2">
        {starts.slice(0, -1).map((start) => (
          <Line key={start.getTime()} at={place(start.getTime())} word={month.format(start)} />
        ))}
        <Line at={place(now.getTime())} word="Today" isToday />
        <ul className="relative grid gap-2">
          {shown.map((promotion) => (
            <Strip key={promotion.id} promotion={promotion} place={place} />
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Line({ at, word, isToday = false }: { at: string; word: string; isToday?: boolean }) {
  return (
    <span
      aria-hidden="true"
      style={{ left: `${at}%` }}
      className={`absolute inset-y-0 border-l ${isToday ? "border-bad" : "border-line"}`}
    >
      <span
        className={`absolute left-1 text-xs ${isToday ? "top-4 bg-canvas text-bad" : "top-0.5 text-ink-2"}`}
      >
        {word}
      </span>
    </span>
  );
}

function Strip({ promotion, place }: { promotion: Promotion; place: (at: number) => string }) {
  const { document, state, starts_at: starts, ends_at: ends } = promotion;
  const from = place(Date.parse(starts));
  const to = place(Date.parse(ends));
  return (
    <li className="relative pt-2">
      <p className="relative w-fit max-w-full bg-canvas pr-2 text-sm">
        {document.name}
        <span className="sr-only">
          , {wallWords(document.starts_at)} to {wallWords(document.ends_at)}
        </span>
      </p>
      <svg className="mt-0.5 h-4 w-full" aria-hidden="true">
        <rect
          x={`${from}%`}
          width={`${Math.max(LEAST, Number(to) - Number(from)).toFixed(2)}%`}
          height="16"
          rx="3"
          className={state === "over" ? "fill-line-strong" : "fill-accent"}
        />
      </svg>
    </li>
  );
}
