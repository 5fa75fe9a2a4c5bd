import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { followProgram, type LiveState } from "../live.ts";
import type { News } from "../live-facts.ts";
import { addMoney } from "../live-facts.ts";
import { useVoice } from "../ui/toast.tsx";
import { formatMoneys } from "./money.ts";
import { formatClock } from "./time.ts";

/** Lists are asked for once the stream stands, so that nothing falls between; but nobody waits long for it. */
const READY_MS = 1_000;
const ANNOUNCE_MS = 10_000;

/** Follows the program's stream while the layout is on the screen, and says what arrived. */
export function useLive(programId: string, participantId: string | null) {
  const client = useQueryClient();
  const say = useQuietly();
  const [state, setState] = useState<LiveState>("connecting");
  const [since, setSince] = useState<string | null>(null);
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    setReady(false);
    const late = setTimeout(() => setReady(true), READY_MS);
    const stop = followProgram({
      client,
      viewer: { programId, participantId },
      onNews: say,
      onState: (next) => {
        setState((old) => {
          if (old === "live" && next === "reconnecting") setSince(formatClock(new Date()));
          return next;
        });
        if (next === "live") setReady(true);
      },
    });
    return () => {
      clearTimeout(late);
      stop();
    };
  }, [client, programId, participantId, say]);
  return { state, since, isReady };
}

/** Gathers news and speaks at most once in ten seconds. */
function useQuietly(): (news: News) => void {
  const { announce } = useVoice();
  const pending = useRef<News>({ rewards: [], friends: 0, reversals: 0 });
  const spoken = useRef(Number.NEGATIVE_INFINITY);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const voice = useRef((news: News) => {
    const { rewards, friends, reversals } = pending.current;
    pending.current = {
      rewards: [...rewards, ...news.rewards],
      friends: friends + news.friends,
      reversals: reversals + news.reversals,
    };
    if (newsSentence(pending.current) === "") return;
    clearTimeout(timer.current);
    const wait = Math.max(0, spoken.current + ANNOUNCE_MS - performance.now());
    timer.current = setTimeout(() => {
      spoken.current = performance.now();
      announce(newsSentence(pending.current));
      pending.current = { rewards: [], friends: 0, reversals: 0 };
    }, wait);
  });
  return voice.current;
}

function newsSentence({ rewards, friends, reversals }: News): string {
  const total = rewards.reduce(addMoney, []);
  return [
    rewards.length === 1 ? `New earning: ${formatMoneys(total)}.` : "",
    rewards.length > 1 ? `${rewards.length} new earnings, ${formatMoneys(total)} in all.` : "",
    friends === 1 ? "Someone joined your network." : "",
    friends > 1 ? `${friends} people joined your network.` : "",
    reversals > 0 ? "An earning was reversed after a refund." : "",
  ]
    .filter(Boolean)
    .join(" ");
}
