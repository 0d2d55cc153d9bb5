import { expect, test } from "vitest";
import { fakeCard, fakeEntry } from "../testing/fake-models.js";
import { type Catalog, defaultEntry, lensesOf, type Reasons } from "./catalog.js";

const catalog: Catalog = [
  fakeEntry(fakeCard("topic", "text-classification"), "topic"),
  fakeEntry(fakeCard("topic-joint", "text-classification", { paradigm: "generative" }), "topic"),
  fakeEntry(fakeCard("spam", "text-classification", { languages: ["en"] }), "spam"),
  fakeEntry(fakeCard("lexicon-it", "sentiment-analysis", { paradigm: "rule-based", languages: ["it"] })),
  fakeEntry(fakeCard("lexicon-any", "sentiment-analysis", { paradigm: "rule-based" })),
];

const reasons: Reasons = {
  "text-classification": { "rule-based": "no rule tells topics." },
  "sentiment-analysis": {},
  ner: {},
  summarization: {},
  translation: { discriminative: "get one from the Hub." },
  "text-generation": {},
};

const idFor = (...args: Parameters<typeof defaultEntry>) => defaultEntry(...args).card.id;

test("the first entry that fulfils the wish is the default", () => {
  expect(idFor(catalog, reasons, "text-classification", {})).toBe("topic");
  expect(idFor(catalog, reasons, "text-classification", { paradigm: "generative" })).toBe("topic-joint");
  expect(idFor(catalog, reasons, "text-classification", { variant: "spam" })).toBe("spam");
  expect(idFor(catalog, reasons, "text-classification", { paradigm: "generative", variant: "topic" })).toBe(
    "topic-joint",
  );
});

test("an entry without a variant serves every variant, after those of the variant itself", () => {
  const both = [...catalog, fakeEntry(fakeCard("any", "text-classification", { paradigm: "rule-based" }))];
  expect(idFor(both, reasons, "text-classification", { paradigm: "rule-based", variant: "spam" })).toBe("any");
  expect(idFor(both, reasons, "text-classification", { variant: "spam" })).toBe("spam");
});

test.each([
  ["translation", {}, "There is no embedded model for translation here: get one from the Hub."],
  [
    "translation",
    { paradigm: "discriminative" },
    "no discriminative model for translation here: get one from the Hub.",
  ],
  ["text-classification", { paradigm: "rule-based" }, "no rule tells topics."],
  ["text-classification", { paradigm: "generative", variant: "spam" }, "none is embedded."],
  ["ner", {}, "There is no embedded model for ner here: none is embedded."],
] as const)("where %s has nothing for the wish %j, the error says why", (task, wish, message) => {
  expect(() => defaultEntry(catalog, reasons, task, wish)).toThrow(expect.objectContaining({ code: "no-model" }));
  expect(() => defaultEntry(catalog, reasons, task, wish)).toThrow(message);
});

test("an unknown variant is answered with the nearest", () => {
  const choose = (variant: string) => () => defaultEntry(catalog, reasons, "text-classification", { variant });
  expect(choose("topics")).toThrow(expect.objectContaining({ code: "unknown-option" }));
  expect(choose("topics")).toThrow('text-classification has no "topics". Did you mean "topic"?');
  expect(choose("")).toThrow("There are: topic, spam.");
});

test("a lens lists its models of the language, those of any language too, or says why it has none", () => {
  expect(lensesOf(catalog, reasons, "sentiment-analysis", "it")).toEqual([
    { paradigm: "discriminative", models: [], reason: "none is embedded." },
    { paradigm: "generative", models: [], reason: "none is embedded." },
    { paradigm: "rule-based", models: ["lexicon-it", "lexicon-any"] },
  ]);
  const [discriminative, generative, ruleBased] = lensesOf(catalog.slice(2, 4), reasons, "text-classification", "fr");
  expect(discriminative).toEqual({ paradigm: "discriminative", models: [], reason: 'no model reads "fr".' });
  expect(generative?.reason).toBe("none is embedded.");
  expect(ruleBased?.reason).toBe("no rule tells topics.");
});
