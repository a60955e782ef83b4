/** An IAM pattern, in which `*` stands for any text and `?` for any character. */
export interface PolicyPattern {
  /** Whether the whole text fits. */
  test(text: string): boolean;
}

/** @param ignoreCase - @default - false */
export function policyPattern(pattern: string, ignoreCase = false): PolicyPattern {
  const cased = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const wanted = Array.from(cased(pattern.replace(/\*+/g, "*")));
  return { test: (text) => fits(wanted, Array.from(cased(text))) };
}

/**
 * Where a text leaves the pattern, only the last star before takes one character more: what stands before that star has
 * found its first place, and what follows fits behind it if it fits anywhere.
 */
function fits(wanted: readonly string[], text: readonly string[]): boolean {
  let [place, star, mark] = [0, -1, 0];
  for (let index = 0; index < text.length;) {
    if (wanted[place] === "*") {
      star = place++;
      mark = index;
    } else if (place < wanted.length && (wanted[place] === "?" || wanted[place] === text[index])) {
      place++;
      index++;
    } else if (star >= 0) {
      place = star + 1;
      index = ++mark;
    } else {
      return false;
    }
  }
  return place === wanted.length || (place === wanted.length - 1 && wanted[place] === "*");
}
