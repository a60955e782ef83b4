import { isSymbolicObject, type Symbolic, Unknown } from "../../topology";
import { eachOf, runtimes, type Rule } from "../rule";

export const lifecycleHalfSet: Rule = {
  id: "lifecycle-half-set",
  severity: "error",
  summary: "lifecycle_configuration has both of its values or is left out.",
  source: "https://github.com/hashicorp/terraform-provider-aws/issues/45290",
  check: eachOf(runtimes, ({ instance }) => {
    const [lifecycle] = instance.arguments.blocks("lifecycle_configuration");
    if (lifecycle === undefined || !isSymbolicObject(lifecycle.values)) return undefined;
    const [idle, longest] = ["idle_runtime_session_timeout", "max_lifetime"].map((name) =>
      isGiven(lifecycle.values[name]),
    );
    if (idle === longest || idle === undefined || longest === undefined) return undefined;
    return {
      message:
        'Only one of idle_runtime_session_timeout and max_lifetime is set: the provider fails with "inconsistent result".',
      fix: "Set both; the service's defaults are 900 and 28800 seconds.",
    };
  }),
};

function isGiven(value: Symbolic | undefined): boolean | undefined {
  if (value instanceof Unknown) return value.computed || value.references.length === 0 ? undefined : true;
  return value !== undefined && value !== null;
}
