import type { AttributionModel } from "./attribution-model.ts";
import { codeWins } from "./code-wins.ts";
import { firstTouch } from "./first-touch.ts";
import { lastTouch } from "./last-touch.ts";

/** Every model a program can choose, by name. */
export const MODELS: ReadonlyMap<string, AttributionModel> = new Map(
  [codeWins, firstTouch, lastTouch].map((model) => [model.name, model]),
);

/** The model of this name; only names on the shelf are ever stored. */
export function modelNamed(name: string): AttributionModel {
  const model = MODELS.get(name);
  if (!model) throw new Error(`There is no model of attribution called ${name}.`);
  return model;
}
