import { describeRule, type OptionRule } from "bifocal";

/** What `--set` takes, a line a name, for the end of a help. */
export function settingLines(rules: Readonly<Record<string, OptionRule & { readonly default?: unknown }>>): string[] {
  const width = Math.max(...Object.keys(rules).map((name) => name.length));
  return Object.entries(rules).map(([name, rule]) => {
    const standard = rule.default === undefined ? "" : `; default ${rule.default}`;
    return `    ${name.padEnd(width)}  ${rule.about} (${describeRule(rule)}${standard})`;
  });
}
