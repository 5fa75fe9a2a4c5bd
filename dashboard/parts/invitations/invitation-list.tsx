import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import { useSearchParams } from "wouter";
import { ApiProblem } from "../../api.ts";
import { type InvitationFilter, invitationSummaryQuery, invitationsQuery } from "../../invitation-queries.ts";
import { Button } from "../../ui/button.tsx";
import { CopyButton } from "../../ui/copy.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { type Column, More, Table } from "../../ui/table.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { useVoice } from "../../ui/toast.tsx";
import type { Invitation, InvitationSummary } from "../../wire.ts";
import { KnownPersonLink } from "../person-link.tsx";
import { useScope } from "../scope.tsx";
import { formatFull } from "../time.ts";
import { When } from "../when.tsx";
import { EditDialog } from "./edit-dialog.tsx";
import { INVITATION_STATUSES, InvitationStatus } from "./invitation-status.tsx";

type Status = Invitation["status"];

/** What people look for, each with the states it stands for. */
const FILTERS: { value: string; word: string; statuses: Status[] }[] = [
  { value: "", word: "All", statuses: Object.keys(INVITATION_STATUSES) as Status[] },
  { value: "draft,scheduled", word: "Not sent", statuses: ["draft", "scheduled"] },
  { value: "queued,sent,delivered", word: "Sent", statuses: ["queued", "sent", "delivered"] },
  { value: "clicked", word: "Clicked", statuses: ["clicked"] },
  { value: "joined", word: "Joined", statuses: ["joined"] },
  { value: "bounced,suppressed", word: "Not delivered", statuses: ["bounced", "suppressed"] },
  { value: "expired,cancelled", word: "Over", statuses: ["expired", "cancelled"] },
];

type Props = {
  /** Whose; null: everybody's. */
  participantId: string | null;
  empty: ComponentChildren;
};

/** Everybody who was invited, where each stands, and what can be done about it. */
export function InvitationList({ participantId, empty }: Props) {
  const { api } = useScope();
  const [search, setSearch] = useSearchParams();
  const filter: InvitationFilter = {
    status: search.get("status") ?? "",
    q: search.get("q") ?? "",
    batch: search.get("batch") ?? "",
  };
  const summary = useQuery(invitationSummaryQuery(api, participantId));
  const query = useInfiniteQuery({
    ...invitationsQuery(api, participantId, filter),
    placeholderData: (previous) => previous,
  });
  const [edited, setEdited] = useState<Invitation | null>(null);
  const isFiltered = filter.status !== "" || filter.q !== "" || filter.batch !== "";
  const choose = (status: string) => setSearch(status === "" ? {} : { status }, { replace: true });
  return (
    <>
      <Loaded query={query} what="The invitations" skeleton={<Bones rows={6} />}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.data);
          if (rows.length === 0 && !isFiltered) return <>{empty}</>;
          return (
            <>
              <Tabs label="Show" tabs={tabsOf(summary.data)} value={filter.status} onChoose={choose} />
              {summary.data && !summary.data.mails_are_sent && summary.data.counts.queued > 0 && (
                <p className="mt-4 rounded-control bg-info-tint px-3 py-2.5 text-info">
                  No mail server is set up here yet, so these mails wait. Copy each link and pass it on
                  yourself.
                </p>
              )}
              <div className="mt-4" aria-busy={query.isFetching}>
                {rows.length === 0 ? (
                  <EmptyState
                    title="No invitations match"
                    action={<Button onClick={() => setSearch({}, { replace: true })}>Clear filters</Button>}
                  >
                    There are others in another state.
                  </EmptyState>
                ) : (
                  <Table
                    caption="Invitations, newest first"
                    columns={columnsOf(participantId === null, setEdited)}
                    rows={rows}
                    rowKey={({ id }) => id}
                  />
                )}
              </div>
              <More query={query} />
            </>
          );
        }}
      </Loaded>
      {edited && <EditDialog invitation={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function tabsOf(summary: InvitationSummary | undefined) {
  return FILTERS.map(({ value, word, statuses }) => {
    const count = summary ? statuses.reduce((sum, status) => sum + summary.counts[status], 0) : null;
    return { value, word: count === null ? word : `${word} ${count}` };
  });
}

function columnsOf(isTeam: boolean, onEdit: (invitation: Invitation) => void): Column<Invitation>[] {
  const columns: Column<Invitation>[] = [
    { key: "person", header: "Person", isTitle: true, cell: (one) => <Person invitation={one} /> },
    {
      key: "status",
      header: "State",
      isLead: true,
      cell: ({ status }) => <InvitationStatus status={status} />,
    },
  ];
  if (isTeam)
    columns.push({
      key: "inviter",
      header: "Invited by",
      cell: ({ participant_id }) => <KnownPersonLink id={participant_id} />,
    });
  return [
    ...columns,
    { key: "last", header: "Last", cell: (one) => <LastNews invitation={one} /> },
    {
      key: "actions",
      header: "Actions",
      isHeaderUnseen: true,
      cell: (one) => <Actions invitation={one} onEdit={() => onEdit(one)} />,
    },
  ];
}

function Person({ invitation: { name, email, reason } }: { invitation: Invitation }) {
  const title = name || email || "Link to pass on";
  return (
    <span className="block min-w-0 break-words">
      {title}
      {name && email && <span className="block text-sm font-normal text-ink-2">{email}</span>}
      {reason && <span className="block text-sm font-normal text-bad">{reason.message}</span>}
    </span>
  );
}

function LastNews({ invitation }: { invitation: Invitation }) {
  const { status, scheduled_at, changed_at } = invitation;
  if (status === "scheduled" && scheduled_at) return <>Goes out {formatFull(scheduled_at)}</>;
  return <When at={changed_at} />;
}

const WORDS = { send: "Send now", resend: "Resend", remind: "Remind", cancel: "Cancel" } as const;
const DONE = { send: "Sent", resend: "Sent again", remind: "Reminder sent", cancel: "Cancelled" } as const;
type Act = keyof typeof WORDS;

/** What stands open, and for what waits for a time, until when. */
function Actions({ invitation, onEdit }: { invitation: Invitation; onEdit: () => void }) {
  const { actions, channel, url, name, email } = invitation;
  const { api } = useScope();
  const client = useQueryClient();
  const { toast } = useVoice();
  const [busy, setBusy] = useState<Act | null>(null);
  const who = name || email || "this invitation";
  const act = async (action: Act) => {
    if (busy) return;
    setBusy(action);
    try {
      await api.post(`/v1/invitations/${invitation.id}/${action}`);
      toast(DONE[action]);
    } catch (error) {
      toast(error instanceof ApiProblem ? error.message : "That did not work. Try again.");
    } finally {
      setBusy(null);
      await client.invalidateQueries({ queryKey: ["invitations", api.programId] });
      await client.invalidateQueries({ queryKey: ["invitation-summary", api.programId] });
    }
  };
  const open = (["send", "resend", "remind", "cancel"] as const).filter((one) => actions[one] === null);
  const waiting = (["resend", "remind"] as const).flatMap((one) => {
    const until = actions[one]?.until;
    return until ? [`${WORDS[one]} from ${formatUntil(until)}`] : [];
  });
  return (
    <span className="flex flex-wrap items-center justify-end gap-1 max-sm:w-full">
      {waiting.length > 0 && <span className="text-sm text-ink-2">{waiting.join(" · ")}</span>}
      {actions.edit === null && (
        <Button look="quiet" onClick={onEdit} aria-label={`Edit ${who}`}>
          {invitation.status === "bounced" ? "Fix address" : "Edit"}
        </Button>
      )}
      {open.map((action) => (
        <Button
          key={action}
          look="quiet"
          busy={busy === action}
          onClick={() => act(action)}
          aria-label={`${WORDS[action]}: ${who}`}
        >
          {WORDS[action]}
        </Button>
      ))}
      {url && (channel === "link" || invitation.status === "queued") && (
        <CopyButton text={url} label="Copy link" done="Link copied" look="quiet" />
      )}
    </span>
  );
}

/** "tomorrow 10:12". */
function formatUntil(instant: string): string {
  const at = new Date(instant);
  const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" }).format(at);
  const tomorrow = new Date(Date.now() + 86_400_000);
  if (at.toDateString() === new Date().toDateString()) return clock;
  return at.toDateString() === tomorrow.toDateString() ? `tomorrow ${clock}` : formatFull(instant);
}
