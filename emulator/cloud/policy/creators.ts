import type { Creators } from "../creators";
import type { PolicyEngines } from "./policy-engines";

export function policyCreators(engines: PolicyEngines): Pick<Creators, "policyEngine" | "cedarPolicy"> {
  return {
    policyEngine: (declaration) => engines.create(declaration),
    cedarPolicy: (declaration) => engines.createPolicy(declaration),
  };
}
