import { useQuery } from "@tanstack/react-query";
import { useScope } from "../../../parts/scope.tsx";
import { diffQuery } from "../../../plan-queries.ts";
import { Bones, Loaded } from "../../../ui/states.tsx";
import type { Plan } from "../../../wire.ts";

const SIGNS = { added: "+", removed: "−", changed: "≠", moved: "↕" } as const;

/** What is different from the version it was begun from, or the one in force; a sentence a change. */
export function Changes({ plan }: { plan: Pick<Plan, "id" | "hash"> }) {
  const { api } = useScope();
  const query = useQuery(diffQuery(api, plan));
  if (query.error && (query.error as { status?: number }).status === 400)
    return <p className="py-3 text-ink-2">There is no other version to compare it with.</p>;
  return (
    <Loaded query={query} what="The comparison" skeleton={<Bones rows={2} />}>
      {({ before, changes }) => (
        <>
          <p className="pt-3 text-ink-2">
            {changes.length === 0
              ? "The same as"
              : `${changes.length === 1 ? "One change" : `${changes.length} changes`} from`}{" "}
            {before.version === null ? "the other draft" : `version ${before.version}`}.
          </p>
          <ul className="divide-y divide-line">
            {changes.map(({ kind, pointer, sentence }) => (
              <li key={kind + pointer} className="flex gap-2.5 py-2">
                <span aria-hidden="true" className="w-3 shrink-0 text-center text-ink-3">
                  {SIGNS[kind]}
                </span>
                <span>{sentence}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}
