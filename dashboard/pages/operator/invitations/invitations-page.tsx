import { useState } from "react";
import { useLocation } from "wouter";
import { BatchList } from "../../../parts/invitations/batch-list.tsx";
import { BatchStart } from "../../../parts/invitations/batch-start.tsx";
import { InvitationList } from "../../../parts/invitations/invitation-list.tsx";
import { InviteForm } from "../../../parts/invitations/invite-form.tsx";
import { ParticipantPicker } from "../../../parts/participant-picker.tsx";
import { useScope } from "../../../parts/scope.tsx";
import { paths } from "../../../paths.ts";
import { Button } from "../../../ui/button.tsx";
import { PageHeading, useTitle } from "../../../ui/page.tsx";
import { EmptyState } from "../../../ui/states.tsx";
import type { Participant } from "../../../wire.ts";
import { DeliveryBars } from "./delivery-bars.tsx";
import { TermsDialog } from "./terms-dialog.tsx";

type Way = "people" | "list";

/** All invitations of the program, the lists they came from, and inviting on behalf of somebody. */
export default function InvitationsPage() {
  useTitle("Invitations");
  const [way, setWay] = useState<Way | null>(null);
  const [isSetting, setSetting] = useState(false);
  const { programId } = useScope();
  if (way) return <OnBehalf way={way} onDone={() => setWay(null)} />;
  const start = (
    <Button look="primary" icon="plus" onClick={() => setWay("people")}>
      Invite for a participant
    </Button>
  );
  return (
    <>
      <PageHeading
        title="Invitations"
        actions={
          <>
            {start}
            <Button onClick={() => setWay("list")}>Invite a list</Button>
            <Button look="quiet" icon="settings" onClick={() => setSetting(true)}>
              Limits and rules
            </Button>
          </>
        }
      >
        Everybody who was invited by name, and what became of it.
      </PageHeading>
      <DeliveryBars />
      <InvitationList
        participantId={null}
        empty={
          <EmptyState title="No invitations yet">
            People whom participants invite by name appear here, with what became of each mail.
          </EmptyState>
        }
      />
      <BatchList participantId={null} pathOf={(id) => paths.programBatch(programId, id)} />
      {isSetting && <TermsDialog onClose={() => setSetting(false)} />}
    </>
  );
}

function OnBehalf({ way, onDone }: { way: Way; onDone: () => void }) {
  const { programId } = useScope();
  const [, go] = useLocation();
  const [picked, setPicked] = useState<Participant | null>(null);
  return (
    <>
      <PageHeading
        title={way === "list" ? "Invite a list" : "Invite for a participant"}
        actions={<Button onClick={onDone}>Back to all invitations</Button>}
      >
        Their link is in the mail, and whoever joins counts for them.
      </PageHeading>
      <div className="mb-8 max-w-[28rem]">
        <ParticipantPicker label="On behalf of" picked={picked} onPick={setPicked} />
      </div>
      {picked && way === "people" && <InviteForm key={picked.id} participantId={picked.id} onDone={onDone} />}
      {picked && way === "list" && (
        <BatchStart participantId={picked.id} onDone={({ id }) => go(paths.programBatch(programId, id))} />
      )}
    </>
  );
}
