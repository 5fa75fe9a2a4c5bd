import { useQuery } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { waitlistQuery } from "../queries.ts";
import { Section } from "../ui/page.tsx";
import type { Waiting } from "../wire.ts";
import { useScope } from "./scope.tsx";
import { When } from "./when.tsx";

type Props = {
  advocateId: string;
  name: (waiting: Waiting) => ComponentChildren;
  children: ComponentChildren;
};

/** Who waits for a place with an advocate, the next one first; nothing at all where nobody does. */
export function WaitingList({ advocateId, name, children }: Props) {
  const { api } = useScope();
  const { data } = useQuery(waitlistQuery(api, advocateId));
  if (!data || data.data.length === 0) return null;
  const count = `${data.data.length}${data.has_more ? "+" : ""}`;
  return (
    <Section title="Waiting for a place" aside={count === "1" ? "1 person" : `${count} people`}>
      <p className="pt-3 text-ink-2">{children}</p>
      <ol className="mt-1">
        {data.data.map((waiting) => (
          <li
            key={waiting.participant_id}
            className="flex items-baseline gap-3 border-b border-line py-2.5 last:border-0"
          >
            <span className="w-6 shrink-0 text-right text-ink-2 tabular-nums">{waiting.position}</span>
            <span className="min-w-0 flex-1 wrap-anywhere">{name(waiting)}</span>
            <span className="text-sm text-ink-2">
              since <When at={waiting.waiting_since} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  );
}
