import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { PersonLink } from "../../../parts/person-link.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { ReferralStatus } from "../../../parts/status.tsx";
import { formatDay, formatFull } from "../../../parts/time.ts";
import { paths } from "../../../paths.ts";
import { referralQuery } from "../../../referral-queries.ts";
import { Button } from "../../../ui/button.tsx";
import { Facts, Notice, PageHeading, Section, useTitle } from "../../../ui/page.tsx";
import { Bones, Loaded } from "../../../ui/states.tsx";
import type { ReferralDetail } from "../../../wire.ts";
import { ReassignDialog } from "./reassign-dialog.tsx";
import { StepList } from "./step-list.tsx";
import { TouchList } from "./touch-list.tsx";

export default function ReferralPage({ id }: { id: string }) {
  const { api } = useScope();
  const query = useQuery(referralQuery(api, id));
  useTitle(query.data ? `${query.data.referee_name}’s referral` : "Referral");
  return (
    <Loaded query={query} what="This referral" skeleton={<Bones rows={8} />} isPage>
      {(referral) => <Detail referral={referral} />}
    </Loaded>
  );
}

function Detail({ referral }: { referral: ReferralDetail }) {
  const { programId } = useScope();
  const [isReassigning, setReassigning] = useState(false);
  const [reason] = referral.reasons;
  return (
    <>
      <p className="mb-2">
        <Link
          href={paths.referrals(programId)}
          className="font-medium text-ink-2 no-underline hover:text-ink hover:underline"
        >
          Referrals
        </Link>
      </p>
      <PageHeading
        title={`How ${referral.referee_name} came`}
        actions={
          <Button onClick={() => setReassigning(true)}>
            {referral.status === "not_eligible" ? "Add who invited them" : "Reassign"}
          </Button>
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <ReferralStatus status={referral.status} />
          <span>since {formatDay(referral.created_at)}</span>
        </span>
      </PageHeading>
      {reason && <Notice>{reason.message}</Notice>}
      <div className="grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="grid gap-10">
          <Section title="The decision">
            <p className="mt-3 max-w-[68ch]">{referral.decision}</p>
            {referral.touches.length > 0 && <TouchList touches={referral.touches} />}
          </Section>
          <History referral={referral} />
          <StepList referralId={referral.id} />
        </div>
        <Section title="Referral">
          <Facts facts={factsOf(referral)} />
        </Section>
      </div>
      {isReassigning && (
        <ReassignDialog
          refereeId={referral.referee_id}
          refereeName={referral.referee_name}
          onClose={() => setReassigning(false)}
        />
      )}
    </>
  );
}

function factsOf(referral: ReferralDetail): Parameters<typeof Facts>[0]["facts"] {
  const person = (id: string | null, name: string | null) =>
    id === null ? "nobody" : <PersonLink key={id} id={id} name={name} />;
  const facts: Parameters<typeof Facts>[0]["facts"] = [
    ["Friend", person(referral.referee_id, referral.referee_name)],
    ["Brought by", person(referral.advocate_id, referral.advocate_name)],
    ["Channel", referral.channel ?? "–"],
  ];
  if (referral.attribution)
    facts.push([
      "Decided by",
      `${MODELS[referral.attribution.model] ?? referral.attribution.model}, version ${referral.attribution.version}`,
    ]);
  return facts;
}

const MODELS: Record<string, string> = {
  code_wins: "Code wins",
  first_touch: "First touch",
  last_touch: "Last touch",
};

function History({ referral }: { referral: ReferralDetail }) {
  if (referral.reassignments.length === 0) return null;
  return (
    <Section title="Decisions by hand">
      <ul className="divide-y divide-line">
        {referral.reassignments.map((one) => (
          <li key={one.id} className="py-3">
            <p>
              {one.former_advocate_id ? (
                <>
                  From <PersonLink id={one.former_advocate_id} name={one.former_advocate_name} /> to{" "}
                </>
              ) : (
                "Added under "
              )}
              <PersonLink id={one.advocate_id} name={one.advocate_name} />
              {one.claim_id && " after the friend said so"}
            </p>
            <p className="mt-0.5 text-ink-2">“{one.reason}”</p>
            <p className="mt-0.5 text-sm text-ink-2">{formatFull(one.decided_at)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
