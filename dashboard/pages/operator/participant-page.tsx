import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ComponentChildren } from "preact";
import { useState } from "react";
import { Link } from "wouter";
import { Amount } from "../../parts/amount.tsx";
import { LinkList } from "../../parts/links/link-list.tsx";
import { formatCount } from "../../parts/money.ts";
import { legsOf } from "../../parts/network.ts";
import { NetworkTree } from "../../parts/network-tree.tsx";
import { nameOf } from "../../parts/participant-picker.tsx";
import { shortId } from "../../parts/person.ts";
import { KnownPersonLink, PersonLink } from "../../parts/person-link.tsx";
import { orZero, PURSES } from "../../parts/purses.ts";
import { useScope } from "../../parts/scope.tsx";
import { ParticipantStatus, ReferralStatus } from "../../parts/status.tsx";
import { formatDay } from "../../parts/time.ts";
import { WaitingList } from "../../parts/waiting-list.tsx";
import { paths } from "../../paths.ts";
import { balanceQuery, networkQuery, participantQuery, programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy.tsx";
import {
  Facts,
  Figure,
  FigureBones,
  Figures,
  Notice,
  PageHeading,
  Section,
  useTitle,
} from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { More } from "../../ui/table.tsx";
import type { NetworkRow, ParticipantWithNetwork, Purses, Waiting } from "../../wire.ts";
import { DetailsDialog } from "./details-dialog.tsx";
import { EntryList } from "./entry-list.tsx";
import { PurchaseDialog } from "./purchase-dialog.tsx";
import { ReassignDialog } from "./referrals/reassign-dialog.tsx";
import { ReinstateDialog } from "./reinstate-dialog.tsx";
import { SignInLinkDialog } from "./sign-in-link-dialog.tsx";
import { SuspendDialog } from "./suspend-dialog.tsx";

export default function ParticipantPage({ id }: { id: string }) {
  const { api } = useScope();
  const query = useQuery(participantQuery(api, id));
  useTitle(query.data ? nameOf(query.data) : "Participant");
  return (
    <Loaded query={query} what="This participant" skeleton={<Bones rows={8} />} isPage>
      {(participant) => <Detail participant={participant} />}
    </Loaded>
  );
}

function Detail({ participant }: { participant: ParticipantWithNetwork }) {
  const { api, programId } = useScope();
  const [open, setOpen] = useState<"purchase" | "suspend" | "reinstate" | "sign-in" | null>(null);
  const close = () => setOpen(null);
  const balance = useQuery(balanceQuery(api, participant.id));
  const program = useQuery(programQuery(api));
  return (
    <>
      <p className="mb-2">
        <Link
          href={paths.participants(programId)}
          className="font-medium text-ink-2 no-underline hover:text-ink hover:underline"
        >
          Participants
        </Link>
      </p>
      <PageHeading
        title={nameOf(participant)}
        actions={
          <>
            {participant.status === "active" && <Button onClick={() => setOpen("suspend")}>Suspend</Button>}
            {participant.status === "suspended" && (
              <Button onClick={() => setOpen("reinstate")}>Reinstate</Button>
            )}
            <Button onClick={() => setOpen("sign-in")}>Link to sign in</Button>
            <Button icon="plus" onClick={() => setOpen("purchase")}>
              Record a purchase
            </Button>
          </>
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <ParticipantStatus status={participant.status} />
          {participant.email && <span>{participant.email}</span>}
          <span>since {formatDay(participant.created_at)}</span>
        </span>
      </PageHeading>
      {participant.suspension && (
        <Notice>
          Suspended since {formatDay(participant.suspension.since)}: {participant.suspension.reason}
        </Notice>
      )}
      <Loaded query={balance} what="The balance" skeleton={<FigureBones />}>
        {({ data }) => <Balances purses={orZero(data, program.data?.currency ?? "EUR")} />}
      </Loaded>
      <div className="mt-10 grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="grid gap-10">
          <Legs participant={participant} />
          <WaitingList advocateId={participant.id} name={waitingName}>
            Everyone here has joined already. The next free place goes to whoever is first.
          </WaitingList>
          {participant.status !== "erased" && (
            <Section title="Links">
              <div className="mt-4">
                <LinkList participantId={participant.id} />
              </div>
            </Section>
          )}
          <EntryList participantId={participant.id} />
        </div>
        <Profile participant={participant} />
      </div>
      {open === "purchase" && <PurchaseDialog buyer={participant} onClose={close} />}
      {open === "sign-in" && <SignInLinkDialog participant={participant} onClose={close} />}
      {open === "suspend" && <SuspendDialog participant={participant} onClose={close} />}
      {open === "reinstate" && <ReinstateDialog participant={participant} onClose={close} />}
    </>
  );
}

const waitingName = (waiting: Waiting) => <PersonLink id={waiting.participant_id} name={waiting.name} />;

function Balances({ purses }: { purses: Purses[] }) {
  return (
    <Figures>
      {PURSES.map(({ key, word }) => (
        <Figure key={key} label={word}>
          {purses.map((purse) => (
            <Amount
              key={purse.currency}
              money={{ amount: purse[key], currency: purse.currency }}
              className="block"
            />
          ))}
        </Figure>
      ))}
    </Figures>
  );
}

function Legs({ participant }: { participant: ParticipantWithNetwork }) {
  const { api, programId } = useScope();
  const query = useInfiniteQuery(networkQuery(api, participant.id));
  const name = (row: NetworkRow) => (
    <>
      <Link
        href={paths.participant(programId, row.participant_id)}
        onClick={(event: MouseEvent) => event.stopPropagation()}
        className="font-medium text-ink no-underline hover:text-accent hover:underline"
      >
        {row.name ?? shortId(row.participant_id)}
      </Link>
      {row.inviter_id && (
        <span className="block text-sm text-ink-2">
          invited by <KnownPersonLink id={row.inviter_id} />
        </span>
      )}
    </>
  );
  return (
    <Section title="Network" aside={`${formatCount(participant.network_count)} people`}>
      <Loaded query={query} what="The network" skeleton={<Bones rows={4} />}>
        {(data) =>
          legsOf(data).length === 0 ? (
            <EmptyState title="Nobody yet">Friends who join with this person’s link appear here.</EmptyState>
          ) : (
            <>
              <NetworkTree legs={legsOf(data)} rootId={participant.id} name={name} />
              <More query={query} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Profile({ participant }: { participant: ParticipantWithNetwork }) {
  const { programId } = useScope();
  const { referral } = participant;
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="grid gap-10">
      <Section title="Link">
        <div className="mt-3">
          {participant.link ? (
            <CopyField label="Link" text={participant.link.url} done="Link copied" look="secondary" />
          ) : (
            <p className="text-ink-2">There is none any more.</p>
          )}
        </div>
      </Section>
      <Section title="Referral" aside={<ReferralActs participant={participant} />}>
        {referral ? (
          <Facts facts={referralFacts(referral)} />
        ) : (
          <p className="py-3 text-ink-2">Came by themselves; nobody earns on their orders.</p>
        )}
      </Section>
      <Section
        title="Identity"
        aside={
          participant.status !== "erased" && (
            <Button look="quiet" onClick={() => setEditing(true)}>
              Edit
            </Button>
          )
        }
      >
        <Facts
          facts={[
            [
              "Code",
              <code key="code" className="font-mono text-sm">
                {participant.code ?? "–"}
              </code>,
            ],
            [
              "Direct friends",
              `${formatCount(participant.direct_count)}${participant.direct_limit === null ? "" : ` of ${participant.direct_limit}`}`,
            ],
            ["Your own id", participant.external_id ?? "–"],
            ["Country", participant.country ?? "–"],
            [
              "Segment",
              participant.segment === null ? (
                "–"
              ) : (
                <Link
                  key="segment"
                  href={`${paths.participants(programId)}?segment=${encodeURIComponent(participant.segment)}`}
                  className="text-ink hover:text-accent"
                >
                  {participant.segment}
                </Link>
              ),
            ],
            [
              "Id",
              <code key="id" className="font-mono text-xs wrap-anywhere">
                {participant.id}
              </code>,
            ],
          ]}
        />
      </Section>
      {isEditing && <DetailsDialog participant={participant} onClose={() => setEditing(false)} />}
    </div>
  );
}

function ReferralActs({ participant }: { participant: ParticipantWithNetwork }) {
  const { programId } = useScope();
  const [isAdding, setAdding] = useState(false);
  const { referral } = participant;
  if (referral)
    return (
      <Link href={paths.referral(programId, referral.id)} className="font-medium text-accent hover:underline">
        How it was decided
      </Link>
    );
  return (
    <>
      <Button look="quiet" onClick={() => setAdding(true)}>
        Add who invited them
      </Button>
      {isAdding && (
        <ReassignDialog
          refereeId={participant.id}
          refereeName={nameOf(participant)}
          onClose={() => setAdding(false)}
        />
      )}
    </>
  );
}

type Referral = NonNullable<ParticipantWithNetwork["referral"]>;

/** Who invited, and who holds the place where that is somebody else. */
function referralFacts(referral: Referral): [string, ComponentChildren][] {
  const { advocate_id: advocateId, inviter_id: inviterId, waiting_position: position } = referral;
  const person = (id: string | null) => (id === null ? "nobody" : <KnownPersonLink key={id} id={id} />);
  const facts: [string, ComponentChildren][] = [["Came through", person(inviterId)]];
  if (advocateId !== inviterId) facts.push(["Placed with", person(advocateId)]);
  if (position !== null) facts.push(["In line", position === 1 ? "next" : `number ${position}`]);
  if (referral.channel) facts.push(["Channel", referral.channel]);
  facts.push(["State", <ReferralStatus key="status" status={referral.status} />]);
  const [reason] = referral.reasons;
  if (reason) facts.push(["Why", reason.message]);
  return facts;
}
