import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { Amounts } from "../../parts/amount.tsx";
import { formatCount } from "../../parts/money.ts";
import { amountIn, legsOf } from "../../parts/network.ts";
import { useAdvocate } from "../../parts/scope.tsx";
import { paths } from "../../paths.ts";
import { networkQuery } from "../../queries.ts";
import { Bar } from "../../ui/bar.tsx";
import { Section } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import type { Network, NetworkRow } from "../../wire.ts";

const LEGS_SHOWN = 8;

/** By level, then by leg: one hue and aligned lengths, so that eight friends compare at a glance. */
export function NetworkSummary() {
  const { api, participantId, live } = useAdvocate();
  const query = useInfiniteQuery({
    ...networkQuery(api, participantId),
    enabled: live.isReady,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Section
      title="Your network"
      aside={
        <Link href={paths.network} className="font-medium text-accent hover:underline">
          See all
        </Link>
      }
    >
      <Loaded query={query} what="Your network" skeleton={<Bones rows={5} />}>
        {(data) => {
          const legs = legsOf(data);
          if (legs.length === 0) {
            return (
              <EmptyState title="Nobody yet">
                The first friend appears here seconds after they sign up with your link.
              </EmptyState>
            );
          }
          return (
            <>
              <Levels levels={data.pages[0]?.levels ?? []} />
              <Legs legs={legs} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Levels({ levels }: { levels: Network["levels"] }) {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Your network by level</caption>
      <thead>
        <tr className="text-sm text-ink-2">
          <th scope="col" className="h-9 font-medium">
            Level
          </th>
          <th scope="col" className="text-right font-medium">
            People
          </th>
          <th scope="col" className="text-right font-medium">
            You earned
          </th>
        </tr>
      </thead>
      <tbody>
        {levels.map(({ level, participants, earned }) => (
          <tr key={level} className="border-t border-line">
            <th scope="row" className="h-10 font-normal">
              Level {level}
              {level === 1 && <span className="text-ink-2"> · your friends</span>}
              {level === 2 && <span className="text-ink-2"> · their friends</span>}
            </th>
            <td className="figures text-right">{formatCount(participants)}</td>
            <td className="text-right">
              <Amounts amounts={earned} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Legs({ legs }: { legs: NetworkRow[] }) {
  const currency = legs.find((leg) => leg.earned[0])?.earned[0]?.currency ?? "";
  const sorted = [...legs].sort((a, b) => amountIn(b.earned, currency) - amountIn(a.earned, currency));
  const most = Math.max(1, ...sorted.map((leg) => amountIn(leg.earned, currency)));
  return (
    <>
      <h3 className="mt-6 mb-2 text-sm font-medium text-ink-2">{legsFinding(sorted, currency)}</h3>
      <ul className="grid gap-2.5">
        {sorted.slice(0, LEGS_SHOWN).map((leg) => (
          <li key={leg.participant_id}>
            <div className="flex items-baseline justify-between gap-4">
              <span className="min-w-0 truncate">
                {leg.name ?? "A friend"}
                {leg.network_count > 0 && (
                  <span className="text-sm text-ink-2"> + {formatCount(leg.network_count)} more</span>
                )}
              </span>
              <span className="shrink-0 text-right">
                <Amounts amounts={leg.earned} />
              </span>
            </div>
            <Bar share={amountIn(leg.earned, currency) / most} className="mt-1 h-1.5" />
          </li>
        ))}
      </ul>
    </>
  );
}

/** The finding over the bars, made from them. */
function legsFinding(sorted: NetworkRow[], currency: string): string {
  const total = sorted.reduce((sum, leg) => sum + amountIn(leg.earned, currency), 0);
  const [first] = sorted;
  if (!first || total === 0) return "By friend: earnings start with the first order";
  const share = Math.round((amountIn(first.earned, currency) / total) * 100);
  const name = first.name ?? "One friend";
  return sorted.length === 1 ? `All of it comes through ${name}` : `${share} % comes through ${name}`;
}
