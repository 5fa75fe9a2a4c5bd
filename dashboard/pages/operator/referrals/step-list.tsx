import { useQuery } from "@tanstack/react-query";
import { Link } from "wouter";
import { Amount } from "../../../parts/amount.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { formatFull } from "../../../parts/time.ts";
import { paths } from "../../../paths.ts";
import { referralTraceQuery } from "../../../referral-queries.ts";
import { Section } from "../../../ui/page.tsx";
import { Bones, Loaded } from "../../../ui/states.tsx";
import type { ReferralTrace } from "../../../wire.ts";

/** From the first click to the entries in the ledger. */
export function StepList({ referralId }: { referralId: string }) {
  const { api } = useScope();
  const query = useQuery(referralTraceQuery(api, referralId));
  return (
    <Section title="Everything that followed">
      <Loaded query={query} what="The trace" skeleton={<Bones rows={5} />}>
        {({ steps, has_more }) => (
          <>
            {has_more && <p className="mt-3 text-ink-2">There are earlier purchases than these.</p>}
            <ol className="divide-y divide-line">
              {steps.map((step, index) => (
                <Step key={index} step={step} />
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Section>
  );
}

function Step({ step }: { step: ReferralTrace["steps"][number] }) {
  const { programId } = useScope();
  const isPurchase = step.kind === "conversion" && step.subject_id !== null;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-2.5">
      <span className="min-w-0 max-w-[56ch]">
        {isPurchase ? (
          <Link href={paths.conversion(programId, step.subject_id ?? "")} className="font-medium">
            {step.sentence}
          </Link>
        ) : (
          step.sentence
        )}
        <span className="block text-sm text-ink-2">
          {step.at ? formatFull(step.at) : "at a time nobody knows"}
        </span>
      </span>
      {step.amount && <Amount money={step.amount} />}
    </li>
  );
}
