/** What Terraform's options `-var` and `-var-file` give to variables. */
export type Assignment =
  | { readonly kind: "value"; readonly name: string; readonly text: string }
  | { readonly kind: "file"; readonly path: string };
