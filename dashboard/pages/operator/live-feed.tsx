import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { useScope } from "../../parts/scope.tsx";
import { When } from "../../parts/when.tsx";
import { paths } from "../../paths.ts";
import { eventsQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { Section } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import type { Fact } from "../../wire.ts";
import { FactSentence } from "./fact-sentence.tsx";

const ROWS_SHOWN = 30;

/** What happens, as it happens; holding it still never loses anything. */
export function LiveFeed() {
  const { api, programId, live } = useScope();
  const query = useQuery({ ...eventsQuery(api), enabled: live.isReady });
  const [held, setHeld] = useState<Fact[] | null>(null);
  const facts = query.data?.data ?? [];
  const missed = held ? facts.findIndex(({ id }) => id === held[0]?.id) : 0;
  return (
    <Section
      title="Live"
      aside={
        <Button
          look="quiet"
          icon={held ? "play" : "pause"}
          onClick={() => setHeld(held ? null : facts)}
          className="-mr-3.5"
        >
          {held ? `Go on${missed > 0 ? ` (${missed} new)` : ""}` : "Pause"}
        </Button>
      }
    >
      <Loaded query={query} what="The events" skeleton={<Bones rows={8} className="h-12" />}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState
              title="Nothing has happened yet"
              action={
                <Link
                  href={paths.participants(programId)}
                  className="font-medium text-accent hover:underline"
                >
                  Add the first participant
                </Link>
              }
            >
              The first visit, sign-up or purchase appears here the moment it is recorded.
            </EmptyState>
          ) : (
            <Rows facts={(held ?? data).slice(0, ROWS_SHOWN)} />
          )
        }
      </Loaded>
    </Section>
  );
}

function Rows({ facts }: { facts: Fact[] }) {
  // What was there when the page came is not news; what comes after it slides in.
  const [firstIds] = useState(() => new Set(facts.map(({ id }) => id)));
  return (
    <ul>
      {facts.map((fact) => (
        <li
          key={fact.id}
          className={`flex items-baseline justify-between gap-4 border-b border-line py-2.5 last:border-0 ${firstIds.has(fact.id) ? "" : "arriving"}`}
        >
          <p className="min-w-0">
            <FactSentence fact={fact} />
          </p>
          <span className="shrink-0 text-sm text-ink-2">
            <When at={fact.timestamp} />
          </span>
        </li>
      ))}
    </ul>
  );
}
