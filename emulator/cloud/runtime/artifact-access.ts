import { LOG_IN_TO_REGISTRY, PULL_IMAGE } from "../../../aws/agentcore/actions";
import { SERVICE_PRINCIPAL } from "../../../aws/agentcore/endpoints";
import { readContainerUri } from "../../../aws/agentcore/names";
import { agentCoreArn, type Environment } from "../environment";
import type { Iam, RoleSession } from "../iam/iam";
import { imageDenied, roleNotAssumable } from "./errors";

/**
 * The service assumes the execution role and looks at the image before it accepts a runtime.
 *
 * @param artifact a well-formed URI of a private or the public Amazon ECR registry, left out for code, and who pulls
 * @throws AwsError ValidationException
 */
export function validateArtifact(
  environment: Environment,
  iam: Iam,
  artifact: { agentRuntimeName: string; containerUri?: string; roleArn: string },
): void {
  const { containerUri } = artifact;
  const image = containerUri === undefined ? undefined : readContainerUri(containerUri);
  if (containerUri !== undefined && image?.account === undefined) return;
  const session = assumeExecutionRole(environment, iam, artifact);
  // When the role's right to read the code is looked at is not known.
  if (!image) return;
  const { account, region, repository } = image;
  const repositoryArn = `arn:${environment.partition}:ecr:${region}:${account}:repository/${repository}`;
  const canPull =
    session?.isAllowed(LOG_IN_TO_REGISTRY, "*") &&
    PULL_IMAGE.every((action) => session.isAllowed(action, repositoryArn));
  if (canPull) return;
  throw imageDenied(containerUri);
}

/**
 * @returns undefined for a role that trusts the service on behalf of the finished runtime alone: there is none yet, and
 *   what AWS says then is that it cannot pull
 */
function assumeExecutionRole(
  environment: Environment,
  iam: Iam,
  { agentRuntimeName, roleArn }: { agentRuntimeName: string; roleArn: string },
): RoleSession | undefined {
  const sessionName = () => `runtime-session-${environment.random.uuid()}`;
  const assume = (resource: string) =>
    iam.assumeRole({
      roleArn,
      service: SERVICE_PRINCIPAL,
      sourceArn: agentCoreArn(environment, resource),
      sessionName,
    });
  const session = assume("*");
  if (session || assume(`runtime/${agentRuntimeName}-0000000000`)) return session;
  throw roleNotAssumable(roleArn);
}
