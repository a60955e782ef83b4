import type { Declaration, Deployment, ResourceKind, Topology, TopologyResource } from "../../topology";
import { TopologyError } from "../../topology";
import type { Account } from "../cloud/account";
import type { Existing } from "./existing";
import { ExistingAgentCore } from "./existing-agentcore";
import { ExistingIam } from "./existing-iam";
import { ExistingUserPools } from "./existing-user-pools";

type Ways = { [K in ResourceKind]?: (declaration: Declaration<K>) => void };

/**
 * Objects that a stack names by value and does not declare. They exist on AWS, so each is created here, before the
 * resource that names it, as what it must be for that; a sentence says so.
 */
export class ExistingObjects {
  private readonly ways: Ways;

  constructor(
    private readonly account: Account,
    topology: Topology,
    private readonly deployment: Deployment,
    notice: (sentence: string) => void,
  ) {
    const existing: Existing = {
      notice,
      isDeclared: (kind, isMeant) =>
        topology.resources.some((resource) => {
          if (resource.kind !== kind) return false;
          const declaration = declarationOf(deployment, { address: resource.address, kind });
          return declaration !== undefined && isMeant(declaration);
        }),
    };
    const iam = new ExistingIam(account.iam, account.environment, existing);
    const pools = new ExistingUserPools(account.cognito, existing);
    const agentCore = new ExistingAgentCore(account, iam, pools, existing);
    this.ways = {
      role: ({ managedPolicyArns = [] }) => managedPolicyArns.forEach((arn) => iam.policyOfArn(arn)),
      rolePolicy: ({ roleName }) => iam.roleOfName(roleName),
      rolePolicyAttachment: (declaration) => attachment(iam, declaration),
      policyAttachment: (declaration) => attachment(iam, declaration),
      userPoolClient: ({ userPoolId, allowedOAuthScopes }) => pools.scopesOfPool(userPoolId, allowedOAuthScopes),
      userPoolDomain: ({ userPoolId }) => pools.withoutDomain(userPoolId),
      user: ({ userPoolId }) => void pools.pool(userPoolId),
      userGroup: ({ userPoolId }) => void pools.pool(userPoolId),
      resourceServer: ({ userPoolId, identifier }) => pools.withoutResourceServer(userPoolId, identifier),
      oauth2CredentialProvider: (declaration) => pools.machineOf(declaration),
      agentRuntime({ roleArn, customJwtAuthorizer }) {
        iam.roleOfArn(roleArn);
        pools.poolOfUrl(customJwtAuthorizer?.discoveryUrl);
      },
      agentRuntimeEndpoint: ({ agentRuntimeId }) => agentCore.runtime(agentRuntimeId),
      gateway({ roleArn, customJwtAuthorizer, interceptors = [] }) {
        iam.roleOfArn(roleArn);
        interceptors.forEach(({ lambdaArn }) => agentCore.lambdaFunction(lambdaArn));
        if (customJwtAuthorizer) pools.usersOf(customJwtAuthorizer);
      },
      resourcePolicy: ({ resourceArn }) => agentCore.ofPolicy(resourceArn),
      gatewayTarget(declaration) {
        agentCore.gateway(declaration);
        agentCore.targets(declaration);
      },
    };
  }

  /** Whether a resource has to wait for all others, which tell more of what it names. */
  comesLast({ address, kind }: TopologyResource): boolean {
    if (kind !== "resourcePolicy") return false;
    const declaration = declarationOf(this.deployment, { address, kind });
    return declaration !== undefined && !this.account.resourcePolicies.exists(declaration.resourceArn);
  }

  /** Creates what the declaration names and nothing declares. */
  createFor<K extends ResourceKind>(kind: K, declaration: Declaration<K>): void {
    this.ways[kind]?.(declaration);
  }
}

function attachment(iam: ExistingIam, { policyArn, roleNames }: Declaration<"policyAttachment">): void {
  iam.policyOfArn(policyArn);
  for (const roleName of roleNames) iam.roleOfName(roleName);
}

/** @returns undefined where it needs what is not created yet: no name is known then */
function declarationOf<K extends ResourceKind>(
  deployment: Deployment,
  resource: { readonly address: string; readonly kind: K },
): Declaration<K> | undefined {
  try {
    return deployment.declaration(resource);
  } catch (error) {
    if (error instanceof TopologyError) return undefined;
    throw error;
  }
}
