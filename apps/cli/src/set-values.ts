import { BifocalError, checkOption, describeRule, didYouMean, type OptionRule } from "bifocal";

/** What a setting may be. */
export type SettingValue = string | number | boolean | readonly string[];

/** Collects `--set name=value`, however often it is given. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/**
 * The values of `--set name=value`, each read as its rule says; those of a list are given one by one.
 * @param of how errors call what has the options
 * @throws {BifocalError} `unknown-option` with the nearest names, or `invalid-input`.
 * @example parseSettings(["l2=0.01"], { l2: { type: "number", max: 1, about: "" } }, "a learner") // { l2: 0.01 }
 */
export function parseSettings(
  given: readonly string[],
  rules: Readonly<Record<string, OptionRule>>,
  of: string,
): Record<string, SettingValue> {
  const settings: Record<string, SettingValue> = {};
  for (const each of given) {
    const [name, value] = parseSetting(each, rules, of);
    const before = Object.hasOwn(settings, name) ? settings[name] : undefined;
    settings[name] = Array.isArray(value) && Array.isArray(before) ? [...before, ...value] : value;
  }
  return settings;
}

/** Parts the settings that some rules are of from the others. */
export function partSettings(
  settings: Readonly<Record<string, SettingValue>>,
  rules: Readonly<Record<string, OptionRule>>,
) {
  const entries = Object.entries(settings);
  return {
    own: Object.fromEntries(entries.filter(([name]) => Object.hasOwn(rules, name))),
    others: Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(rules, name))),
  };
}

function parseSetting(given: string, rules: Readonly<Record<string, OptionRule>>, of: string): [string, SettingValue] {
  const equals = given.indexOf("=");
  if (equals < 1) throw new BifocalError("invalid-input", `--set takes name=value, not "${given}".`);
  const name = given.slice(0, equals);
  return [name, parseValue(name, given.slice(equals + 1), ruleNamed(name, rules, of))];
}

/** The rule of an option. @throws {BifocalError} `unknown-option` with the nearest names. */
export function ruleNamed(name: string, rules: Readonly<Record<string, OptionRule>>, of: string): OptionRule {
  const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
  if (rule !== undefined) return rule;
  const known = Object.keys(rules);
  const hint = known.length > 0 ? didYouMean(name, known) : "There is none to set.";
  throw new BifocalError("unknown-option", `${of} has no option "${name}". ${hint}`);
}

/** A value as its rule reads it. @throws {BifocalError} `invalid-input`. */
export function parseValue(name: string, text: string, rule: OptionRule): SettingValue {
  const value = readValue(text, rule);
  if (value === undefined) throw new BifocalError("invalid-input", `${name} must be ${describeRule(rule)}.`);
  checkOption(name, rule, value);
  return value;
}

function readBoolean(text: string, choices: readonly string[] = []): SettingValue | undefined {
  if (choices.includes(text)) return text;
  return text === "true" ? true : text === "false" ? false : undefined;
}

function readValue(text: string, rule: OptionRule): SettingValue | undefined {
  if (rule.type === "string") return text;
  if (rule.type === "texts") return [text];
  if (rule.type === "boolean") return readBoolean(text, rule.choices);
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? undefined : number;
}
