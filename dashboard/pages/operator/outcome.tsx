import { useQuery } from "@tanstack/react-query";
import { Amount } from "../../parts/amount.tsx";
import { PersonLink } from "../../parts/person-link.tsx";
import { useScope } from "../../parts/scope.tsx";
import { traceQuery } from "../../queries.ts";
import type { Conversion } from "../../wire.ts";

/** Who earned from a conversion, and why the others did not. */
export function Outcome({ conversion }: { conversion: Conversion }) {
  const { api } = useScope();
  const names = namesIn(useQuery(traceQuery(api, conversion.id)).data?.lines);
  const rewards = conversion.rewards ?? [];
  const passes = conversion.passes ?? [];
  return (
    <div className="mt-5">
      {rewards.length > 0 && (
        <ul className="divide-y divide-line border-y border-line">
          {rewards.map((reward) => (
            <li key={reward.id} className="flex items-baseline justify-between gap-4 py-2.5">
              <span>
                <PersonLink id={reward.participant_id} name={names.get(reward.participant_id)} />{" "}
                <span className="text-ink-2">
                  {reward.level === 0 ? "gets, as the friend" : `earns on level ${reward.level}`}
                </span>
              </span>
              <Amount money={reward.amount} signed className="font-medium" />
            </li>
          ))}
        </ul>
      )}
      {passes.length > 0 && (
        <ul className="mt-3 grid gap-1.5 text-ink-2">
          {passes.map((pass) => (
            <li key={`${pass.rule} ${pass.level}`}>
              <span className="font-medium">{pass.level === 0 ? "In all" : `Level ${pass.level}`}:</span>{" "}
              {pass.message}
            </li>
          ))}
        </ul>
      )}
      {rewards.length + passes.length === 0 && (
        <p className="text-ink-2">No rule of the plan applies to it.</p>
      )}
    </div>
  );
}

function namesIn(
  lines: { participant_id: string | null; name?: string | null }[] | undefined,
): Map<string, string> {
  return new Map(
    lines?.flatMap(({ participant_id, name }) => (participant_id && name ? [[participant_id, name]] : [])),
  );
}
