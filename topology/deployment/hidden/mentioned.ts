import { isResource, type Reference, type Unknown } from "../../language";

/** The reference that an expression is, where it shows one only and what of it is meant. */
export function oneReference({ mentioned }: Unknown): Reference | undefined {
  const [reference] = mentioned;
  return mentioned.length === 1 && reference?.attribute !== "" ? reference : undefined;
}

/** Whether a name tells that it means an attribute as it is: `gateway_url` or `CLIENT_ID`. */
export function isNamedAfter({ attribute }: Reference, name: string): boolean {
  const [word = ""] = /[a-z]+$/.exec(attribute) ?? [];
  return word !== "" && name.toLowerCase().endsWith(word);
}

/** The addresses of the resources that an expression mentions. */
export function mentionedResources({ mentioned }: Unknown): string[] {
  return [...new Set(mentioned.map(({ address }) => address))].filter(isResource);
}
