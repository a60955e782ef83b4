import type { Rule } from "../rule";

/** Since provider 6.55, whose plans show the block. */
const RESTRICTION = "allowed_workload_configuration";

export const runtimeOpenToOthers: Rule = {
  id: "runtime-open-to-others",
  severity: "info",
  summary: "A runtime behind a gateway takes calls of that gateway alone.",
  source: "https://github.com/hashicorp/terraform-provider-aws/pull/48654",
  *check({ system }) {
    const called = new Set(system.targets.flatMap(({ runtime }) => runtime));
    for (const runtime of called) {
      const jwt = runtime.instance.arguments
        .optionalBlock("authorizer_configuration")
        ?.optionalBlock("custom_jwt_authorizer");
      const isOffered = jwt !== undefined && Object.hasOwn(jwt.values, RESTRICTION);
      if (!isOffered || jwt.isOpen(RESTRICTION) || jwt.blocks(RESTRICTION).length > 0) continue;
      yield {
        address: runtime.address,
        message: "Whoever has a token that the authorizer takes calls the runtime past its gateway.",
        fix: `Name the gateway's workload identity in ${RESTRICTION}.`,
      };
    }
  },
};
