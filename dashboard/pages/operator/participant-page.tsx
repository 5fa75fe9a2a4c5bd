import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "wouter";
import { Amount } from "../../parts/amount.tsx";
import { formatCount } from "../../parts/money.ts";
import { legsOf } from "../../parts/network.ts";
import { NetworkTree } from "../../parts/network-tree.tsx";
import { nameOf } from "../../parts/participant-picker.tsx";
import { shortId } from "../../parts/person.ts";
import { KnownPersonLink } from "../../parts/person-link.tsx";
import { orZero, PURSES } from "../../parts/purses.ts";
import { useScope } from "../../parts/scope.tsx";
import { ParticipantStatus, ReferralStatus } from "../../parts/status.tsx";
import { formatDay } from "../../parts/time.ts";
import { paths } from "../../paths.ts";
import { balanceQuery, networkQuery, participantQuery, programQuery } from "../../queries.ts";
import { Button } from "../../ui/button.tsx";
import { CopyField } from "../../ui/copy.tsx";
import { Facts, Figure, FigureBones, Figures, PageHeading, Section, useTitle } from "../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../ui/states.tsx";
import { More } from "../../ui/table.tsx";
import type { NetworkRow, ParticipantWithNetwork, Purses } from "../../wire.ts";
import { EntryList } from "./entry-list.tsx";
import { PurchaseDialog } from "./purchase-dialog.tsx";

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
  const [isBuying, setBuying] = useState(false);
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
          <Button icon="plus" onClick={() => setBuying(true)}>
            Record a purchase
          </Button>
        }
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <ParticipantStatus status={participant.status} />
          {participant.email && <span>{participant.email}</span>}
          <span>since {formatDay(participant.created_at)}</span>
        </span>
      </PageHeading>
      <Loaded query={balance} what="The balance" skeleton={<FigureBones />}>
        {({ data }) => <Balances purses={orZero(data, program.data?.currency ?? "EUR")} />}
      </Loaded>
      <div className="mt-10 grid items-start gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <div className="grid gap-10">
          <Legs participant={participant} />
          <EntryList participantId={participant.id} />
        </div>
        <Profile participant={participant} />
      </div>
      {isBuying && <PurchaseDialog buyer={participant} onClose={() => setBuying(false)} />}
    </>
  );
}

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
    <Link
      href={paths.participant(programId, row.participant_id)}
      onClick={(event: MouseEvent) => event.stopPropagation()}
      className="font-medium text-ink no-underline hover:text-accent hover:underline"
    >
      {row.name ?? shortId(row.participant_id)}
    </Link>
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
  const { referral } = participant;
  const [reason] = referral?.reasons ?? [];
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
      <Section title="Referral">
        {referral ? (
          <Facts
            facts={[
              [
                "Came through",
                referral.advocate_id ? (
                  <KnownPersonLink key="advocate" id={referral.advocate_id} />
                ) : (
                  "nobody"
                ),
              ],
              ...(referral.channel ? [["Channel", referral.channel] as [string, string]] : []),
              ["State", <ReferralStatus key="status" status={referral.status} />],
              ...(reason ? [["Why", reason.message] as [string, string]] : []),
            ]}
          />
        ) : (
          <p className="py-3 text-ink-2">Came by themselves; nobody earns on their orders.</p>
        )}
      </Section>
      <Section title="Identity">
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
            ["Segment", participant.segment ?? "–"],
            [
              "Id",
              <code key="id" className="font-mono text-xs wrap-anywhere">
                {participant.id}
              </code>,
            ],
          ]}
        />
      </Section>
    </div>
  );
}
