import { describe, expect, it } from "vitest";
import { Suggestions } from "../../../compiler/check/suggestions.js";

describe("Suggestions", () => {
  it("finds the nearest name", () => {
    expect(new Suggestions().nearest("Positon", ["Inventory", "Position", "Permission"])).toBe("Position");
  });

  it("counts swapped neighbours as one edit", () => {
    expect(new Suggestions().nearest("Itme", ["Item"])).toBe("Item");
  });

  it("prefers the same name in other letter case", () => {
    expect(new Suggestions().nearest("position", ["Positions", "Position"])).toBe("Position");
  });

  it("suggests nothing that is far away, nor the name itself", () => {
    expect(new Suggestions().nearest("abc", ["xyz", "abc", "abcdef"])).toBeUndefined();
  });

  it("stops suggesting when very much has been asked", () => {
    const suggestions = new Suggestions();
    const candidates = Array.from({ length: 1_000 }, (_, index) => `Candidate${index}`);
    const answers = Array.from({ length: 1_000 }, () => suggestions.nearest("Candidatex", candidates));
    expect(answers[0]).toBe("Candidate0");
    expect(answers.at(-1)).toBeUndefined();
  });
});
