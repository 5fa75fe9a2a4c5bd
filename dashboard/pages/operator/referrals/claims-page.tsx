import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { PersonLink } from "../../../parts/person-link.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { formatDay, formatFull } from "../../../parts/time.ts";
import { openClaimsQuery, openProposalsQuery } from "../../../referral-queries.ts";
import { Button } from "../../../ui/button.tsx";
import { FormProblem } from "../../../ui/form-problem.tsx";
import { PageHeading, Section, useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Claim, Proposal, Reassignment } from "../../../wire.ts";
import { MovedMoney } from "./moved-money.tsx";
import { ReassignDialog } from "./reassign-dialog.tsx";
import { RejectDialog } from "./reject-dialog.tsx";

export default function ClaimsPage() {
  useTitle("To decide");
  const { api } = useScope();
  const claims = useQuery(openClaimsQuery(api));
  const proposals = useQuery(openProposalsQuery(api));
  return (
    <>
      <PageHeading title="To decide">
        Friends who say afterwards who invited them, and what needs a second person of the team.
      </PageHeading>
      <div className="grid gap-10">
        <Section title="Somebody invited me">
          <Loaded query={claims} what="The claims" skeleton={<Bones rows={4} />}>
            {({ data }) =>
              data.length === 0 ? (
                <EmptyState title="Nothing to decide">
                  What friends say about who invited them appears here, until you have decided it.
                </EmptyState>
              ) : (
                <ul className="divide-y divide-line">
                  {data.map((claim) => (
                    <ClaimRow key={claim.id} claim={claim} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </Section>
        <Loaded query={proposals} what="The proposals" skeleton={<Bones rows={2} />}>
          {({ data }) =>
            data.length === 0 ? null : (
              <Section title="Waiting for a second person">
                <ul className="divide-y divide-line">
                  {data.map((proposal) => (
                    <ProposalRow key={proposal.id} proposal={proposal} />
                  ))}
                </ul>
              </Section>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function ClaimRow({ claim }: { claim: Claim }) {
  const [open, setOpen] = useState<"approve" | "reject" | null>(null);
  const name = claim.participant_name ?? "Somebody";
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 max-w-[60ch]">
        <p>
          <PersonLink id={claim.participant_id} name={claim.participant_name} /> was invited by{" "}
          {claim.advocate_id ? (
            <PersonLink id={claim.advocate_id} name={claim.advocate_name} />
          ) : (
            "an address that nobody here has"
          )}
          {claim.invited_on && `, on ${formatDay(claim.invited_on)}`}
        </p>
        {claim.note && <p className="mt-1 text-ink-2">“{claim.note}”</p>}
        <p className="mt-1 text-sm text-ink-2">Said {formatFull(claim.created_at)}</p>
      </div>
      <div className="flex gap-2">
        <Button onClick={() => setOpen("reject")}>Reject</Button>
        <Button look="primary" onClick={() => setOpen("approve")}>
          Look and approve
        </Button>
      </div>
      {open === "approve" && (
        <ReassignDialog
          refereeId={claim.participant_id}
          refereeName={name}
          claim={claim}
          onClose={() => setOpen(null)}
        />
      )}
      {open === "reject" && (
        <RejectDialog
          title={`Reject what ${name} says`}
          hint="They read it."
          path={`/v1/claims/${claim.id}/reject`}
          onClose={() => setOpen(null)}
        />
      )}
    </li>
  );
}

function ProposalRow({ proposal }: { proposal: Proposal }) {
  const { api, programId } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [isRejecting, setRejecting] = useState(false);
  const { submit, isBusy, problem } = useSubmit(
    (body: object, idempotencyKey) =>
      api.post<Reassignment>(`/v1/reassignment_proposals/${proposal.id}/approve`, { body, idempotencyKey }),
    () => {
      for (const what of ["proposals", "claims", "referral", "referral-list"])
        void client.invalidateQueries({ queryKey: [what, programId] });
      toast("Approved.");
    },
  );
  return (
    <li className="grid gap-3 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div>
          <p>
            <PersonLink id={proposal.referee_id} name={proposal.referee_name} /> under{" "}
            <PersonLink id={proposal.advocate_id} name={proposal.advocate_name} />
          </p>
          <p className="mt-1 text-ink-2">“{proposal.reason}”</p>
          <p className="mt-1 text-sm text-ink-2">Proposed {formatFull(proposal.proposed_at)}</p>
        </div>
        <div className="flex gap-2">
          <Button onClick={() => setRejecting(true)}>Reject</Button>
          <Button look="primary" busy={isBusy} onClick={() => void submit({})}>
            Approve
          </Button>
        </div>
      </div>
      <FormProblem problem={problem} />
      <MovedMoney money={proposal.money} />
      {isRejecting && (
        <RejectDialog
          title="Reject this proposal"
          hint="It stays with the proposal."
          path={`/v1/reassignment_proposals/${proposal.id}/reject`}
          onClose={() => setRejecting(false)}
        />
      )}
    </li>
  );
}
