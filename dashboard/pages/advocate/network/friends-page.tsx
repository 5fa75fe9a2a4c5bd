import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "wouter";
import { Amounts } from "../../../parts/amount.tsx";
import { useAdvocate } from "../../../parts/scope.tsx";
import { StepTracker } from "../../../parts/step-tracker.tsx";
import { formatDay } from "../../../parts/time.ts";
import { When } from "../../../parts/when.tsx";
import { paths } from "../../../paths.ts";
import { friendsQuery } from "../../../queries.ts";
import { Button } from "../../../ui/button.tsx";
import { useTitle } from "../../../ui/page.tsx";
import { Bones, EmptyState, Loaded } from "../../../ui/states.tsx";
import { More } from "../../../ui/table.tsx";
import { useVoice } from "../../../ui/toast.tsx";
import { useSubmit } from "../../../ui/use-submit.ts";
import type { Friend } from "../../../wire.ts";

/** One's own friends, each with the steps, the one that is missing, and what it brought. */
export function FriendsPage() {
  useTitle("Your friends");
  const { api, participantId } = useAdvocate();
  const query = useInfiniteQuery(friendsQuery(api, participantId));
  return (
    <Loaded query={query} what="Your friends" skeleton={<Bones rows={4} className="h-24" />}>
      {({ pages }) => {
        const friends = pages.flatMap(({ data }) => data);
        return friends.length === 0 ? (
          <EmptyState
            title="No friends here yet"
            action={
              <Link href={paths.invite} className="font-medium text-accent underline">
                Share your link
              </Link>
            }
          >
            The first one shows up seconds after they sign up with your link.
          </EmptyState>
        ) : (
          <>
            <ul className="border-t border-line">
              {friends.map((friend) => (
                <FriendEntry key={friend.id} friend={friend} />
              ))}
            </ul>
            <More query={query} />
          </>
        );
      }}
    </Loaded>
  );
}

function FriendEntry({ friend }: { friend: Friend }) {
  const { name, joined_at, missing, steps, earned } = friend;
  return (
    <li className="grid gap-x-8 gap-y-3 border-b border-line py-4 md:grid-cols-[minmax(0,14rem)_minmax(0,1fr)_minmax(8rem,auto)] md:items-start">
      <div className="min-w-0 max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4">
        <h2 className="font-medium wrap-anywhere">{name}</h2>
        <p className="text-sm whitespace-nowrap text-ink-2">
          joined <When at={joined_at} />
        </p>
      </div>
      <div className="min-w-0">
        <StepTracker steps={steps} />
        {missing && <p className="mt-2 text-pretty text-ink-2">{missingText(missing)}</p>}
      </div>
      <div className="flex items-center justify-between gap-3 max-md:has-[button]:flex-row-reverse md:flex-col md:items-end">
        <p className={earned.length === 0 ? "max-md:sr-only" : ""}>
          <span className="sr-only">Earned you: </span>
          {earned.length === 0 ? <span className="text-ink-2">–</span> : <Amounts amounts={earned} />}
        </p>
        <Nudge friend={friend} />
      </div>
    </li>
  );
}

function missingText({ code, message, until }: NonNullable<Friend["missing"]>): string {
  if (until === null) return message;
  return code === "on_its_way"
    ? `${message} You can use it from ${formatDay(until)} on.`
    : `${message} There is time until ${formatDay(until)}.`;
}

/** Once a day, and only while it is the friend's turn; why not is said where it is asked. */
function Nudge({ friend: { id, name, missing, nudge } }: { friend: Friend }) {
  const { api, programId, participantId } = useAdvocate();
  const client = useQueryClient();
  const { toast } = useVoice();
  const { submit, isBusy, problem } = useSubmit(
    (_: object, idempotencyKey) => api.post(`/v1/referrals/${id}/nudge`, { body: {}, idempotencyKey }),
    () => {
      toast(`${name} gets a reminder by mail`);
      void client.invalidateQueries({ queryKey: ["friends", programId, participantId] });
    },
  );
  if (missing?.actor !== "friend") return null;
  if (!nudge.is_possible)
    return (
      <p className="text-sm text-ink-2">
        Reminded
        {nudge.next_at && (
          <>
            ; again from <When at={nudge.next_at} />
          </>
        )}
      </p>
    );
  return (
    <div className="flex flex-col items-end gap-1">
      <Button busy={isBusy} onClick={() => void submit({})}>
        Remind<span className="sr-only"> {name}</span>
      </Button>
      {problem && (
        <p role="alert" className="max-w-48 text-right text-sm text-bad">
          {problem.message}
        </p>
      )}
    </div>
  );
}
