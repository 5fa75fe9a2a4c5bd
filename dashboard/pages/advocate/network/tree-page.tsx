import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { formatCount } from "../../../parts/money.ts";
import { legsOf } from "../../../parts/network.ts";
import { NetworkTree } from "../../../parts/network-tree.tsx";
import { friendWords } from "../../../parts/person.ts";
import { useAdvocate } from "../../../parts/scope.tsx";
import { WaitingList } from "../../../parts/waiting-list.tsx";
import { networkQuery, participantQuery, programQuery } from "../../../queries.ts";
import { Figure, FigureBones, Figures, useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import { More } from "../../../ui/table.tsx";
import type { NetworkRow, ParticipantWithNetwork } from "../../../wire.ts";

/** Everybody below, leg by leg, with the places that are taken. */
export function TreePage() {
  useTitle("Network");
  const { api, participantId, live } = useAdvocate();
  const me = useQuery({ ...participantQuery(api, participantId), staleTime: Number.POSITIVE_INFINITY });
  const network = useInfiniteQuery({
    ...networkQuery(api, participantId),
    enabled: live.isReady,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <>
      <Loaded query={me} what="Your numbers" skeleton={<FigureBones />}>
        {(self) => <Places me={self} />}
      </Loaded>
      <div className="mt-8">
        <Loaded query={network} what="Your network" skeleton={<Bones rows={6} className="h-12" />}>
          {(data) =>
            legsOf(data).length === 0 ? (
              <EmptyState title="Invite your first friend">
                They appear here, by name, the moment they sign up with your link.
              </EmptyState>
            ) : (
              <>
                <NetworkTree legs={legsOf(data)} rootId={participantId} name={personName} />
                <More query={network} />
              </>
            )
          }
        </Loaded>
      </div>
      <div className="mt-10">
        <WaitingList advocateId={participantId} name={({ name }) => name}>
          They have joined and wait for you to have room. Your next free place goes to whoever is first.
        </WaitingList>
      </div>
    </>
  );
}

function Places({ me }: { me: ParticipantWithNetwork }) {
  const { api } = useAdvocate();
  const { data: program } = useQuery(programQuery(api));
  const isFull = me.direct_limit !== null && me.direct_count >= me.direct_limit;
  return (
    <>
      <Figures>
        <Figure label="Your friends (level 1)">
          {formatCount(me.direct_count)}
          {me.direct_limit !== null && <span className="text-ink-2"> of {formatCount(me.direct_limit)}</span>}
        </Figure>
        {me.levels.slice(1, 3).map(({ level, participants }) => (
          <Figure key={level} label={level === 2 ? "Their friends (level 2)" : `Level ${level}`}>
            {formatCount(participants)}
          </Figure>
        ))}
        <Figure label="Network in all">{formatCount(me.network_count)}</Figure>
      </Figures>
      {isFull && (
        <p className="mt-3 text-ink-2">
          You have {me.direct_count} of {me.direct_limit} direct friends.{" "}
          {nextOne(program?.plan?.document.overflow)}
        </p>
      )}
    </>
  );
}

/** What happens to somebody who uses the link of a person without room. */
function nextOne(overflow: string | undefined): string {
  switch (overflow) {
    case "spillover":
      return "Someone who uses your link now gets a place further down in your network.";
    case "waitlist":
      return "Someone who uses your link now joins, and waits for your next free place.";
    default:
      return "Someone who uses your link now can still join, without you as their advocate.";
  }
}

function personName(row: NetworkRow, leg: NetworkRow): string {
  const words = friendWords(row.level, row.name, leg.name);
  return row.level === 1 && row.inviter_id ? `${words} · found a place with you` : words;
}
