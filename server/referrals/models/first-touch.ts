import { type AttributionModel, lossByTime } from "./attribution-model.ts";

export const firstTouch: AttributionModel = {
  name: "first_touch",
  title: "First touch",
  sentence: "Whoever reached the person first counts.",
  compare: (a, b) => a.at.getTime() - b.at.getTime(),
  lossOf: lossByTime,
};
