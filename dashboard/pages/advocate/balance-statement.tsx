import { useQuery } from "@tanstack/react-query";
import { CountedAmount } from "../../parts/amount.tsx";
import { earnedIn, orZero, PURSES } from "../../parts/purses.ts";
import { useAdvocate } from "../../parts/scope.tsx";
import { balanceQuery, programQuery } from "../../queries.ts";
import { Section } from "../../ui/page.tsx";
import { Bones, Loaded } from "../../ui/states.tsx";
import type { Purses } from "../../wire.ts";

/** The balance as a statement: where the money is, and the sum under a rule. */
export function BalanceStatement() {
  const { api, participantId } = useAdvocate();
  const balance = useQuery({ ...balanceQuery(api, participantId), staleTime: Number.POSITIVE_INFINITY });
  const program = useQuery(programQuery(api)).data;
  return (
    <Section title="Balance">
      <Loaded query={balance} what="Your balance" skeleton={<Bones rows={5} />}>
        {({ data }) => (
          <Statement
            purses={orZero(data, program?.currency ?? "INR")}
            holdDays={program?.plan?.document.hold_days ?? 0}
          />
        )}
      </Loaded>
    </Section>
  );
}

function Statement({ purses, holdDays }: { purses: Purses[]; holdDays: number }) {
  return (
    <>
      {purses.map((purse) => (
        <dl key={purse.currency} className="mt-1">
          {PURSES.map(({ key, word }) => (
            <div key={key} className="flex items-baseline justify-between gap-4 border-b border-line py-2.5">
              <dt>
                {word}
                {key === "pending" && holdDays > 0 && (
                  <span className="block text-sm text-ink-2">for {holdDays} days after each order</span>
                )}
                {key === "held" && purse.held > 0 && (
                  <span className="block text-sm text-ink-2">we are checking these</span>
                )}
              </dt>
              <dd className={purse[key] === 0 ? "text-ink-3" : ""}>
                <CountedAmount money={{ amount: purse[key], currency: purse.currency }} />
              </dd>
            </div>
          ))}
          <div className="flex items-baseline justify-between gap-4 border-b-[3px] border-double border-line-strong py-2.5 font-semibold">
            <dt>Earned in all</dt>
            <dd>
              <CountedAmount money={earnedIn(purse)} />
            </dd>
          </div>
        </dl>
      ))}
    </>
  );
}
