import { type AttributionModel, lossByTime } from "./attribution-model.ts";

export const lastTouch: AttributionModel = {
  name: "last_touch",
  title: "Last touch",
  sentence: "Whoever reached the person last before they joined counts.",
  compare: (a, b) => b.at.getTime() - a.at.getTime(),
  lossOf: lossByTime,
};
