import { type AttributionModel, type Candidate, lossByTime } from "./attribution-model.ts";

const isCode = ({ kind }: Candidate): boolean => kind === "code";

export const codeWins: AttributionModel = {
  name: "code_wins",
  title: "Code wins",
  sentence: "A code that was typed or carried to the sign-up counts before links that were only followed.",
  compare: (a, b) => Number(isCode(b)) - Number(isCode(a)) || b.at.getTime() - a.at.getTime(),
  lossOf: (loser, winner) => (isCode(winner) && !isCode(loser) ? "code_won" : lossByTime(loser, winner)),
};
