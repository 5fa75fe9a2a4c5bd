import { describe, expect, it } from "vitest";
import { parametersOf, previewOf } from "./link-preview.ts";

describe("the address a link will lead to", () => {
  it("is the destination with the parameters and the code, as the server writes it", () => {
    const parameters = parametersOf([
      { name: "utm_source", value: " a&b " },
      { name: "", value: "x" },
      { name: "tag", value: "" },
    ]);
    expect(parameters).toEqual({ utm_source: "a&b" });
    expect(previewOf("https://shop.example/x?utm_source=old&a=1#top", parameters, "asha")).toBe(
      "https://shop.example/x?a=1&utm_source=a%26b&ref=asha#top",
    );
    expect(previewOf("https://shop.example", {}, "asha")).toBe("https://shop.example/?ref=asha");
    expect(previewOf("shop", {}, "asha")).toBe("");
  });
});
