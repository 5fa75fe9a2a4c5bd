import { formatCount, formatMoneys } from "../../../parts/money.ts";
import { Facts, Section } from "../../../ui/page.tsx";
import type { ReplayResult } from "../../../wire.ts";
import { ChangedPeople } from "./changed-people.tsx";
import { type Pair, PairedBars } from "./paired-bars.tsx";
import { ReplayExamples } from "./replay-examples.tsx";

type Props = { result: ReplayResult; isOlder: boolean; isSimulated: boolean };

/** The finding first, then what it rests on. */
export function ReplayReport({ result, isOlder, isSimulated }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-10">
      <header>
        <h2 className="font-serif text-xl text-pretty">{result.sentence}</h2>
        {isOlder && (
          <p className="mt-2 text-warn">The draft was changed since; this is about the text it had then.</p>
        )}
      </header>
      <PairedBars title="What it costs" heading="Currency" pairs={costPairs(result)} />
      <PairedBars title="Month by month" heading="Month" pairs={result.by_month.map(monthPair)} />
      <PairedBars title="Level by level" heading="Level" pairs={result.by_level.map(levelPair)} />
      <ChangedPeople result={result} isSimulated={isSimulated} />
      <ReplayExamples examples={result.examples} isSimulated={isSimulated} />
      <Section title="What it rests on">
        <Facts facts={factsOf(result)} />
      </Section>
    </div>
  );
}

function costPairs({ costs }: ReplayResult): Pair[] {
  return costs.map(({ current, draft }) => ({ name: nameOf(current.currency), current, draft }));
}

const NAMES: Record<string, string> = { PTS: "Points", CRD: "Credit", CPN: "Coupons" };
const nameOf = (currency: string) => NAMES[currency] ?? currency;

const monthYear = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

function monthPair({ month, current, draft }: ReplayResult["by_month"][number]): Pair {
  return {
    name: withUnit(monthYear.format(new Date(`${month}-01T00:00:00Z`)), current.currency),
    current,
    draft,
  };
}

function levelPair({ level, current, draft }: ReplayResult["by_level"][number]): Pair {
  return { name: withUnit(level === 0 ? "The friend" : `Level ${level}`, current.currency), current, draft };
}

/** Money says its currency itself. */
function withUnit(name: string, currency: string): string {
  return NAMES[currency] ? `${name}, ${nameOf(currency).toLowerCase()}` : name;
}

function factsOf(result: ReplayResult): [string, string][] {
  const { share_of_revenue: share } = result;
  const percent = (part: string | null) => (part === null ? "–" : `${part} %`);
  return [
    ["Purchases and sign-ups", formatCount(result.conversions)],
    ["Refunds", formatCount(result.refunds)],
    ["Revenue after refunds", formatMoneys(result.revenue)],
    ["Share of revenue, today’s plan", percent(share.current)],
    ["Share of revenue, this draft", percent(share.draft)],
    ...result.caps.map(({ side, cap, hits }): [string, string] => [
      `Cap “${cap}”, ${side === "draft" ? "this draft" : "today’s plan"}`,
      hits === 1 ? "full once" : `full ${formatCount(hits)} times`,
    ]),
    ...result.promotions.map(({ side, promotion, spent }): [string, string] => [
      `Promotion “${promotion}”, ${side === "draft" ? "this draft" : "today’s plan"}`,
      formatMoneys([spent]),
    ]),
  ];
}
