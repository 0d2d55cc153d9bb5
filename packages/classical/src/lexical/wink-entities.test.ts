import { taggerChecks } from "@bifocal/contracts/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { winkEntities } from "./wink-entities.js";

for (const { name, run } of taggerChecks(winkEntities)) test(name, run);

test("a date of three tokens is one entity", async () => {
  const [{ entities }] = await winkEntities().tag(["Ada Lovelace met Charles Babbage in London on 5 June 1833."]);
  expect(entities).toEqual([{ label: "DATE", text: "5 June 1833", start: 46, end: 57, score: 1 }]);
});

test("finds each kind where it stands", async () => {
  const text =
    "On Monday at 5 pm the second guest paid $5.50, 20% of 42, for 3 days: https://example.com/a?b=1 @ada #turin ada@x.org";
  const [{ entities }] = await winkEntities().tag([text]);
  expect(entities.map(({ label, text: found }) => `${label} ${found}`)).toEqual([
    "DATE Monday",
    "TIME 5 pm",
    "ORDINAL second",
    "MONEY $5.50",
    "PERCENT 20%",
    "CARDINAL 42",
    "DURATION 3 days",
    "URL https://example.com/a?b=1",
    "MENTION @ada",
    "HASHTAG #turin",
    "EMAIL ada@x.org",
  ]);
});

test("smileys are no entities", async () => {
  expect((await winkEntities().tag(["Fine :) 👩‍👩‍👧‍👦"]))[0].entities).toEqual([]);
});

test("offsets hold behind white space, line ends and broken characters", async () => {
  const text = "  \ud83d cafe\u0301\r\n\r\n  See you on 5 June 1833";
  const [{ entities }] = await winkEntities().tag([text]);
  expect(entities.map(({ start, end }) => text.slice(start, end))).toEqual(["5 June 1833"]);
});

test("tokens as given take the tags of what they belong to", async () => {
  const [{ tags }] = await winkEntities().tagTokens([["on", "5", "June", "1833", ",", "$", "5", "", "20%", "."]]);
  expect(tags).toEqual(["O", "B-DATE", "I-DATE", "I-DATE", "O", "B-MONEY", "I-MONEY", "O", "B-PERCENT", "O"]);
});

test("any tokens get one tag each", async () => {
  const token = fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.constantFrom("5", "June", "$", "", " ", "5 June", "%"),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(token, { maxLength: 12 }), async (tokens) => {
      const [{ tags }] = await winkEntities().tagTokens([tokens]);
      expect(tags).toHaveLength(tokens.length);
    }),
  );
});

test.each([
  ["We meet at 10:30.", ["TIME 10:30"]],
  ["From 09:15 to 22:45:10", ["TIME 09:15", "TIME 22:45:10"]],
  ["At 10:30 am on Monday", ["TIME 10:30 am", "DATE Monday"]],
  ["They won 3:20, see ab:10:30 and 10:75 and 10.0.0.1:10:30", []],
])("a time of the day is found in %s", async (text, expected) => {
  const [{ entities }] = await winkEntities().tag([text]);
  const found = entities.filter(({ label }) => label === "TIME" || label === "DATE");
  expect(found.map(({ label, text: each }) => `${label} ${each}`)).toEqual(expected);
});

test("an amount is money in pounds, euros, yen and rupees too", async () => {
  for (const amount of ["£1.50", "€20", "¥300", "₹99"]) {
    const [tagging] = await winkEntities().tag([`I paid ${amount} there.`]);
    expect(tagging?.entities).toEqual([expect.objectContaining({ label: "MONEY", text: amount, start: 7 })]);
  }
});
