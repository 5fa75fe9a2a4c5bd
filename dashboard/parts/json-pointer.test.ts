import { describe, expect, it } from "vitest";
import { below, valueAt, withMoved, withValue } from "./json-pointer.ts";

const plan = { rules: [{ id: "a", levels: [{ level: 1, by_tier: { "x/y": "5" } }] }, { id: "b" }] };

describe("a place in a document", () => {
  it("is read by its pointer", () => {
    expect(valueAt(plan, "/rules/0/id")).toBe("a");
    expect(valueAt(plan, below("/rules/0/levels/0/by_tier", "x/y"))).toBe("5");
    expect(valueAt(plan, "/rules/7/id")).toBeUndefined();
    expect(valueAt(plan, "")).toBe(plan);
  });

  it("is written without changing the document it was read from, keys in their order", () => {
    const changed = withValue(plan, "/rules/0/levels/0/level", 2);
    expect(valueAt(changed, "/rules/0/levels/0/level")).toBe(2);
    expect(valueAt(plan, "/rules/0/levels/0/level")).toBe(1);
    expect(Object.keys(valueAt(changed, "/rules/0") as object)).toEqual(["id", "levels"]);
  });

  it("is made where nothing was, and taken away", () => {
    expect(withValue({}, "/expires_days/points", 30)).toEqual({ expires_days: { points: 30 } });
    expect(withValue(plan, "/rules/0", undefined)).toEqual({ rules: [{ id: "b" }] });
    expect(withValue(plan, "/rules/1/id", undefined)).toEqual({ rules: [plan.rules[0], {}] });
  });

  it("changes with another in a list", () => {
    expect(withMoved(["a", "b", "c"], 2, 0)).toEqual(["c", "a", "b"]);
    expect(withMoved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  });
});
