import { element } from "./element.js";

/** One of several choices: its value and how it is called. */
export interface RadioChoice {
  readonly value: string;
  readonly title: string;
}

/** Fills a fieldset with radio buttons after its legend, one of them checked. Those that are there stay, with the focus. */
export function fillRadioGroup(group: HTMLFieldSetElement, choices: readonly RadioChoice[], checked?: string): void {
  const there = radiosOf(group);
  const same = there.length === choices.length && there.every((radio, i) => radio.value === choices[i]?.value);
  if (!same) {
    for (const radio of there) radio.parentElement?.remove();
    group.append(...choices.map((choice) => radioOf(group.id, choice)));
  }
  for (const radio of radiosOf(group)) radio.checked = radio.value === checked;
}

function radiosOf(group: HTMLFieldSetElement): HTMLInputElement[] {
  return [...group.querySelectorAll("input")];
}

function radioOf(name: string, { value, title }: RadioChoice): HTMLElement {
  return element("label", { class: "choice" }, element("input", { type: "radio", name, value }), title);
}

/** The value of the radio button that is checked. */
export function checkedValue(group: HTMLFieldSetElement): string | undefined {
  return radiosOf(group).find(({ checked }) => checked)?.value;
}
