import type { Bench } from "../bench.ts";
import type { Figure } from "../figure.ts";
import type { Sample } from "../sample.ts";
import type { ToolName } from "../tools.ts";

/** A member of the shelf: what is measured together, in rounds that take turns. */
export type Measurement = {
  /** What `--only` calls it. */
  name: string;
  /** Without these it cannot say anything. */
  needs: readonly ToolName[];
  run(bench: Bench): Promise<Figure[]>;
};

export const HTTP_CONNECTIONS = 64;
export const SQL_CLIENTS = 32;

export const rateOf = ({ perSecond }: Sample): number => perSecond;
export const middleOf = ({ p50Ms }: Sample): number => p50Ms;
