import type { Attributes, Declaration, Deployment, ResourceKind, Topology, TopologyResource } from "../topology";
import type { Account } from "./cloud/account";
import { AwsError } from "./cloud/errors";
import type { Iam } from "./cloud/iam/iam";
import type { Tracer } from "./trace/tracer";

/** A resource that the emulated account refused, with AWS's reason. */
export class DeploymentError extends Error {
  constructor(
    readonly address: string,
    readonly reason: string,
  ) {
    super(`${address}: ${reason}`);
    this.name = "DeploymentError";
  }
}

type Creators = { [K in ResourceKind]: (declaration: Declaration<K>) => Attributes<K> | Promise<Attributes<K>> };

/**
 * Creates every resource of the topology in dependency order, as `terraform apply` would.
 *
 * @param deployment of the topology, which comes to know each resource as it stands
 * @throws DeploymentError for the first resource that fails, TopologyError for an argument that cannot be evaluated
 */
export async function deploy(
  { resources }: Topology,
  deployment: Deployment,
  account: Account,
  onCreated: (resource: TopologyResource) => void,
  signal?: AbortSignal,
): Promise<void> {
  const creators = creatorsOf(account);
  for (const resource of resources) {
    signal?.throwIfAborted();
    await create(resource, deployment, creators).catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error;
      traceRefusal(account.environment.tracer, resource.address, error);
      throw new DeploymentError(resource.address, `${error.code}: ${error.message}`);
    });
    onCreated(resource);
  }
}

async function create<K extends ResourceKind>(
  resource: TopologyResource<K>,
  deployment: Deployment,
  creators: Creators,
): Promise<void> {
  const declaration = deployment.declaration(resource);
  try {
    const attributes: Attributes<K> = await creators[resource.kind](declaration);
    deployment.created(resource, attributes);
  } catch (error) {
    if (error instanceof TargetFailure) throw new DeploymentError(resource.address, error.message);
    throw error;
  }
}

/** What is accepted leaves no trace: only refusals have something to tell. */
function traceRefusal(tracer: Tracer, address: string, { code, message }: AwsError): void {
  const check = /^(\w+) is required/.exec(message)?.[1] ?? code;
  const evidence = { expected: `arguments of ${address} that AWS accepts`, actual: message };
  tracer.call({ label: `create ${address}` }, (call) =>
    call.hop({ name: "resource creation" }, (hop) => hop.check(check, false, evidence)),
  );
}

/** A target that was accepted and then failed: what `terraform apply` reports is its status reasons. */
class TargetFailure extends Error {}

function creatorsOf(account: Account): Creators {
  const { cognito, iam, repositories, credentialProviders, apiKeyProviders, workloadIdentities } = account;
  const { runtimes, lambdaFunctions, gateways, gatewayTargets } = account;
  return {
    userPool: (declaration) => cognito.createUserPool(declaration),
    userPoolDomain: (declaration) => cognito.createUserPoolDomain(declaration) ?? {},
    resourceServer: (declaration) => cognito.createResourceServer(declaration) ?? {},
    userPoolClient: (declaration) => cognito.createUserPoolClient(declaration),
    role: (declaration) => createRole(iam, declaration),
    rolePolicy: (declaration) => iam.putRolePolicy(declaration) ?? {},
    managedPolicy(declaration) {
      const { arn, policyId } = iam.managedPolicies.create(declaration);
      return { arn, policyId };
    },
    rolePolicyAttachment: (declaration) => attachPolicy(iam, declaration),
    policyAttachment: (declaration) => attachPolicy(iam, declaration),
    rolePoliciesExclusive: ({ roleName, policyNames }) => iam.keepRolePolicies(roleName, policyNames) ?? {},
    rolePolicyAttachmentsExclusive: ({ roleName, policyArns }) =>
      iam.replaceAttachedPolicies(roleName, policyArns) ?? {},
    repository(declaration) {
      const { arn, registryId, repositoryUrl } = repositories.create(declaration);
      return { arn, registryId, repositoryUrl };
    },
    terraformData: () => ({ id: account.environment.random.uuid() }),
    oauth2CredentialProvider(declaration) {
      const { credentialProviderArn, clientSecretArn } = credentialProviders.create(declaration);
      return { credentialProviderArn, clientSecretArn };
    },
    apiKeyCredentialProvider(declaration) {
      const { credentialProviderArn, apiKeySecretArn } = apiKeyProviders.create(declaration);
      return { credentialProviderArn, apiKeySecretArn };
    },
    agentRuntime: (declaration) => runtimes.create(declaration).attributes,
    agentRuntimeEndpoint({ agentRuntimeId, ...declaration }) {
      const runtime = runtimes.get(agentRuntimeId);
      const { arn: agentRuntimeEndpointArn, version: agentRuntimeVersion } = runtimes.endpoints.create(
        runtime,
        declaration,
      );
      return { agentRuntimeArn: runtime.attributes.agentRuntimeArn, agentRuntimeEndpointArn, agentRuntimeVersion };
    },
    workloadIdentity(declaration) {
      const { workloadIdentityArn } = workloadIdentities.create(declaration);
      return { workloadIdentityArn };
    },
    lambdaFunction: (declaration) => lambdaFunctions.create(declaration),
    gateway: (declaration) => gateways.create(declaration).attributes,
    async gatewayTarget(declaration) {
      const { target, settled } = gatewayTargets.create(declaration);
      await settled;
      if (target.status !== "READY") throw new TargetFailure(target.statusReasons.join("; "));
      return { targetId: target.targetId };
    },
  };
}

function createRole(iam: Iam, declaration: Declaration<"role">): Attributes<"role"> {
  const { arn, roleId } = iam.createRole(declaration);
  const { roleName, inlinePolicies = [], managedPolicyArns = [] } = declaration;
  for (const policy of inlinePolicies) iam.putRolePolicy({ ...policy, roleName });
  for (const policyArn of managedPolicyArns) iam.attachRolePolicy(roleName, policyArn);
  return { arn, roleId };
}

function attachPolicy(
  iam: Iam,
  { policyArn, roleNames }: Declaration<"policyAttachment">,
): Attributes<"policyAttachment"> {
  for (const roleName of roleNames) iam.attachRolePolicy(roleName, policyArn);
  return {};
}
