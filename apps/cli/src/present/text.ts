/** A text with what a terminal would obey made harmless: control characters become their pictures. */
export function visible(text: string): string {
  return text.replace(/(?![\n\t])\p{Cc}/gu, (control) => {
    const code = control.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u2421";
  });
}

/** A text in one line of at most so many characters. */
export function shortened(text: string, width: number): string {
  const line = visible(text.slice(0, width * 4))
    .replace(/\s+/g, " ")
    .trim();
  const characters = [...line];
  const isWhole = characters.length <= width && text.length <= width * 4;
  return isWhole ? line : `${characters.slice(0, width - 1).join("")}…`;
}

/** A text in lines of at most so many characters, broken at white space. */
export function wrapped(text: string, width: number): string[] {
  return visible(text)
    .split("\n")
    .flatMap((line) => {
      const lines: string[] = [];
      let current = "";
      for (const word of line.split(/\s+/)) {
        if (current !== "" && current.length + 1 + word.length > width) {
          lines.push(current);
          current = word;
        } else current = current === "" ? word : `${current} ${word}`;
      }
      return [...lines, current];
    });
}
