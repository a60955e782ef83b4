import { isPlain, kindIn, type OptionKind, type Taken } from "./problems";

/** How values that are known only later look in TypeScript, where classes expect a text, a number, a list or a map. */
export interface LaterForms {
  readonly isLater: (value: unknown) => boolean;
  readonly text: (value: unknown) => string;
  readonly number: (value: unknown) => number;
  readonly list: (value: unknown) => readonly string[];
  readonly data: (value: unknown) => Readonly<Record<string, string>>;
  readonly within: (option: string) => Taken | undefined;
}

/** A call's options, of which what is known only later has the form of its kind. What needs no change is given back. */
export function formed<T>(options: T, taken: Taken, forms: LaterForms): T {
  return changed(options, (member, name) =>
    ofKind(member, kindIn(taken.kinds, name) ?? "any", forms, forms.within(name)),
  );
}

function ofKind(value: unknown, kind: OptionKind, forms: LaterForms, inner?: Taken): unknown {
  if (forms.isLater(value)) return laterOf(value, kind, forms);
  if (inner !== undefined && kind !== "any") {
    const each = (one: unknown): unknown => (isPlain(one) ? formed(one, inner, forms) : ofKind(one, "text", forms));
    return Array.isArray(value) ? changed(value, each) : each(value);
  }
  // What others say what it holds, such as tags, or an object with an ARN: of what is later there, the most are texts.
  return kind === "any" ? value : changed(value, (member) => ofKind(member, "text", forms));
}

function laterOf(value: unknown, kind: OptionKind, forms: LaterForms): unknown {
  if (kind === "text" && typeof value !== "string") return forms.text(value);
  if (kind === "number" && typeof value !== "number") return forms.number(value);
  if (kind === "list" && !Array.isArray(value)) return forms.list(value);
  return kind === "data" && !isPlain(value) ? forms.data(value) : value;
}

function changed<T>(holder: T, change: (member: unknown, name: string) => unknown): T {
  if (!Array.isArray(holder) && !isPlain(holder)) return holder;
  const members = Object.entries(holder).map(([name, member]: [string, unknown]) => {
    const other = change(member, name);
    return { name, other, isOther: other !== member };
  });
  if (!members.some(({ isOther }) => isOther)) return holder;
  const others = members.map(({ name, other }) => [name, other] as const);
  return (Array.isArray(holder) ? others.map(([, other]) => other) : Object.fromEntries(others)) as T;
}
