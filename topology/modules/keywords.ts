/** How many labels each block has in front of its body. */
export const LABELS = {
  provider: 1,
  variable: 1,
  output: 1,
  module: 1,
  resource: 2,
  data: 2,
  ephemeral: 2,
  action: 2,
} as const;

export type LabelledKeyword = keyof typeof LABELS;

export type Keyword = LabelledKeyword | "locals";

export function isLabelled(keyword: string): keyword is LabelledKeyword {
  return Object.hasOwn(LABELS, keyword);
}
