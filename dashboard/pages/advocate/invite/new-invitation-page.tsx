import { useLocation } from "wouter";
import { InviteForm } from "../../../parts/invitations/invite-form.tsx";
import { paths } from "../../../paths.ts";
import { useTitle } from "../../../ui/page.tsx";

/** Invites a few friends by name. */
export default function NewInvitationPage() {
  useTitle("Invite by name");
  const [, go] = useLocation();
  return <InviteForm participantId={null} onDone={() => go(paths.invitations)} />;
}
