import { describeRule, type Learner, type OptionRule, type Setting } from "bifocal";

/** What `--set` takes, a line a name, for the end of a help. */
export function settingLines(rules: Readonly<Record<string, OptionRule & { readonly default?: unknown }>>): string[] {
  const width = Math.max(...Object.keys(rules).map((name) => name.length));
  return Object.entries(rules).map(([name, rule]) => {
    const standard = (rule.default ?? "") === "" ? "" : `; default ${rule.default}`;
    return `    ${name.padEnd(width)}  ${rule.about} (${describeRule(rule)}${standard})`;
  });
}

/** The settings of learners; those that several have in common are told once, under all of their names. */
export function learnerSettingLines(learners: readonly Learner[]): string[] {
  const groups = new Map<string, Record<string, Setting>>();
  for (const [setting, rule] of learners.flatMap(({ settings }) => Object.entries(settings))) {
    const owners = learners.filter(({ settings }) => settings[setting] === rule).map(({ name }) => name);
    const group = groups.get(owners.join(", ")) ?? {};
    groups.set(owners.join(", "), { ...group, [setting]: rule });
  }
  return [...groups].flatMap(([owners, settings]) => [`  ${owners}`, ...settingLines(settings)]);
}
