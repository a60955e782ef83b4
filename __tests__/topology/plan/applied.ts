import type { ResourceKind, Topology, ValueObject } from "../../../topology";
import { Arguments } from "../../../topology/arguments/arguments";
import { resourceReaders } from "../../../topology/resources";
import { type Deployed, deployWith, ENVIRONMENT } from "../fake-account";
import { type PlanDocument, plannedValues, type Values } from "./documents";

/** Where terraform keeps what a service assigned, if not under its name in Terraform's spelling. */
const PLACES: Readonly<Partial<Record<ResourceKind, Readonly<Record<string, string>>>>> = {
  userPool: { userPoolId: "id" },
  userPoolClient: { clientId: "id" },
  role: { roleId: "unique_id" },
  restApi: { restApiId: "id" },
  restApiResource: { resourceId: "id" },
  restApiModel: { modelId: "id" },
  restApiDeployment: { deploymentId: "id" },
  oauth2CredentialProvider: { clientSecretArn: "client_secret_arn.0.secret_arn" },
  apiKeyCredentialProvider: { apiKeySecretArn: "api_key_secret_arn.0.secret_arn" },
  agentRuntime: { workloadIdentityArn: "workload_identity_details.0.workload_identity_arn" },
  gateway: { workloadIdentityArn: "workload_identity_details.0.workload_identity_arn" },
};

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** What a service assigned, among the values that terraform keeps. */
function assigned(kind: ResourceKind, values: Values): object {
  const at = (path: string) => path.split(".").reduce<unknown>((value, name) => (value as Values)[name], values);
  return Object.fromEntries([
    ...Object.entries(values).map(([name, value]) => [camelCase(name), value]),
    ...Object.entries(PLACES[kind] ?? {}).map(([name, path]) => [name, at(path)]),
  ]) as object;
}

/** Deploys into an account whose services assign what they assigned when terraform applied the plan. */
export function deployAsApplied(topology: Topology, deployed: PlanDocument): Deployed {
  const values = plannedValues(deployed);
  return deployWith(topology, { ...ENVIRONMENT, region: topology.region }, ({ address, kind }) => {
    const applied = values.get(address);
    if (applied === undefined) throw new Error(`terraform did not apply ${address}.`);
    return assigned(kind, applied);
  });
}

/** What the values that terraform keeps declare: no expression is left in them. */
export function declarationsAsApplied({ resources }: Topology, deployed: PlanDocument): Record<string, unknown> {
  const values = plannedValues(deployed);
  return Object.fromEntries(
    resources.map(({ address, kind }) => {
      const evaluated = (values.get(address) ?? {}) as ValueObject;
      return [address, resourceReaders[kind].read(Arguments.evaluated(address, evaluated))];
    }),
  );
}
