import type { Problem } from "../errors";

const ENTRIES = { cdktf: "cdktf-agentcore", cdktn: "cdktf-agentcore/cdktn" } as const;

const BINDINGS = { cdktf: "@cdktf/provider-aws", cdktn: "@cdktn/provider-aws" } as const;

type Framework = keyof typeof ENTRIES;

export function stackOfOtherFramework(framework: Framework): Problem {
  return {
    code: "FRAMEWORK_MISMATCH",
    message: `The stack is one of ${framework}: import its constructs from "${ENTRIES[framework]}".`,
  };
}

export function elementOfOtherFramework(own: Framework): Problem {
  const other = own === "cdktf" ? "cdktn" : "cdktf";
  return {
    code: "FRAMEWORK_MISMATCH",
    message:
      `This is an element of ${other} in a stack of ${own}: make it with ${own}, and what is of AWS with ` +
      `"${BINDINGS[own]}" instead of "${BINDINGS[other]}".`,
  };
}

export function targetVersionsTooWide({ feature, since }: { feature: string; since: string }): Problem {
  return {
    code: "PROVIDER_TOO_OLD",
    message:
      `${feature} needs Terraform ${since} or newer, and the project does not say that it has that: set ` +
      `"targetVersions": { "terraform": ">=${since}.0" } in cdktf.json, or as context of the App.`,
  };
}
