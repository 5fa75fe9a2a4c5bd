import { type Html, html } from "../primitives/html.ts";
import { notice } from "./page.ts";
import { type FriendReward, type Progress, rewardSentence, type Step } from "./progress.ts";

const WORDS: Record<Step["state"], string> = { done: "Done", now: "Next", later: "Later" };
const SIGNS: Record<Step["state"], string> = { done: "✓", now: "→", later: "·" };

/** Where somebody stands on the way to what they were promised. A script may replace it when something happens. */
export function tracker(steps: readonly Step[], progress: Progress, day: (at: Date) => string): Html {
  const done = steps.filter(({ state }) => state === "done").length;
  return html`<section id="tracker" class="stack" aria-labelledby="way" aria-live="polite">
${progress.rewards.map((reward) => receipt(reward, day))}
${progress.missed !== null && notice("info", "This order did not count", progress.missed)}
<div><h2 id="way">${done === steps.length ? "You did it all" : "On your way"}</h2>
<progress class="bar" max="${steps.length}" value="${done}">${done} of ${steps.length}</progress>
<ol class="steps">${steps.map(
    ({
      title,
      text,
      state,
    }) => html`<li class="${state}"><span aria-hidden="true">${SIGNS[state]}</span><span><b>${title} <span class="sr">(${WORDS[state]})</span></b>${text}</span></li>
`,
  )}</ol></div></section>`;
}

/** "₹200.00 · It is yours." */
function receipt(reward: FriendReward, day: (at: Date) => string): Html {
  const isGone = reward.state === "revoked" || reward.state === "expired";
  return html`<p class="receipt${isGone && " gone"}"><b class="figures">${reward.amount}</b><span>${rewardSentence(reward, day)}</span></p>`;
}
