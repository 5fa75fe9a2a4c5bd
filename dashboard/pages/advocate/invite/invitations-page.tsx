import { Link, useLocation } from "wouter";
import { BatchList } from "../../../parts/invitations/batch-list.tsx";
import { InvitationList } from "../../../parts/invitations/invitation-list.tsx";
import { useAdvocate } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { Button } from "../../../ui/button.tsx";
import { useTitle } from "../../../ui/page.tsx";
import { EmptyState } from "../../../ui/states.tsx";

/** Everybody the advocate has invited by name. */
export default function InvitationsPage() {
  useTitle("Invitations");
  const { participantId } = useAdvocate();
  const [, go] = useLocation();
  const add = (
    <Button look="primary" icon="plus" onClick={() => go(paths.newInvitation)}>
      Add people
    </Button>
  );
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center gap-x-4 gap-y-2">
        {add}
        <Link
          href={paths.bulk}
          className="inline-flex min-h-9 items-center font-medium text-accent underline"
        >
          Invite a whole list
        </Link>
      </div>
      <InvitationList
        participantId={participantId}
        empty={
          <EmptyState title="Invite your first friend" action={add}>
            You choose what they see
          </EmptyState>
        }
      />
      <BatchList participantId={participantId} pathOf={paths.bulkList} />
    </>
  );
}
